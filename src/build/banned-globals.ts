import { isNode, lineAt, nameOf, parseModule, type SyntaxNode, walk } from "./module-imports.ts";
import { modulesOf, type Tree } from "./tracked-tree.ts";

const clock = "the Clock port: clock.now() and clock.schedule()";
const chance = "the Chance port: chance.bytes()";
const transport = "the Transport port: transport.fetch()";

/** Time, chance and the network reach these folders only by ports (src/homeserver/ports.ts). */
const folders = /^src\/(protocol|homeserver|simulation)\//;

const banned: Readonly<Record<string, string>> = {
  "Date.now": clock,
  "performance.now": clock,
  setTimeout: clock,
  setInterval: clock,
  setImmediate: clock,
  requestAnimationFrame: clock,
  requestIdleCallback: clock,
  "AbortSignal.timeout": clock,
  "Math.random": chance,
  "crypto.getRandomValues": chance,
  "crypto.randomUUID": chance,
  fetch: transport,
  XMLHttpRequest: transport,
  WebSocket: transport,
};

/** Uses of the clock, of chance and of the network past their ports, each with what to use instead. */
export function bannedGlobalFaults(tree: Tree): string[] {
  return modulesOf(tree).flatMap(([path, text]) => {
    if (!folders.test(path)) return [];
    const faults: string[] = [];
    const module = parseModule(path, text);
    const own = declaredNames(module);
    walk(module, (node, parent) => {
      const use = bannedUse(node, parent);
      if (use && !(node.type === "Identifier" && own.has(use[0])))
        faults.push(`${path}:${lineAt(text, node.start)}: ${use[0]} is banned here, use ${use[1]}`);
    });
    return faults;
  });
}

/** What a module calls by these names itself: `const fetch = …` is not the network. */
function declaredNames(module: SyntaxNode): Set<string> {
  const names = new Set<string>();
  const add = (pattern: unknown) => {
    const name = nameOf(pattern);
    if (name) names.add(name);
  };
  walk(module, (node) => {
    if (node.type === "VariableDeclarator" && nameOf(node.init) !== nameOf(node.id)) add(node.id);
    if (node.type === "FunctionDeclaration") add(node.id);
    if (Array.isArray(node.params)) node.params.forEach(add);
  });
  return names;
}

function bannedUse(
  node: SyntaxNode,
  parent: SyntaxNode | undefined,
): [name: string, instead: string] | undefined {
  if (isCall(node) && nameOf(node.callee) === "Date" && (node.arguments as unknown[]).length === 0) {
    return ["the current Date", clock];
  }
  if (node.type !== "Identifier" && node.type !== "MemberExpression") return undefined;
  if (node.type === "Identifier" && !isReference(node, parent)) return undefined;
  const name = nameOf(node)?.replace(/^(globalThis|window|self)\./, "");
  const instead = name === undefined || !Object.hasOwn(banned, name) ? undefined : banned[name];
  return name && instead ? [name, instead] : undefined;
}

function isCall(node: SyntaxNode): boolean {
  return node.type === "CallExpression" || node.type === "NewExpression";
}

/** Whether an identifier is used for its value, and is not the name of a property, parameter or type. */
function isReference(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
  if (!parent) return false;
  if (isCall(parent)) return true;
  const places: Record<string, string[]> = {
    VariableDeclarator: ["init"],
    AssignmentExpression: ["right"],
    Property: ["value"],
    ConditionalExpression: ["test", "consequent", "alternate"],
    LogicalExpression: ["left", "right"],
    ReturnStatement: ["argument"],
    ArrowFunctionExpression: ["body"],
    MemberExpression: ["object"],
  };
  return (places[parent.type] ?? []).some((place) => isNode(parent[place]) && parent[place] === node);
}
