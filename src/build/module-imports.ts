import { parseSync } from "vite";

/** One way in which a module names another. */
export type ModuleImport = {
  /** What stands between the quotes; for `glob` a pattern. */
  specifier: string;
  how: "import" | "type" | "dynamic" | "url" | "glob";
  /** From 1. */
  line: number;
};

/** A node of the syntax tree, as the parser gives it. https://github.com/estree/estree */
export type SyntaxNode = { type: string; start: number; [field: string]: unknown };

/** The syntax tree of a TypeScript or JavaScript module. What cannot be parsed has an empty body. */
export function parseModule(path: string, text: string): SyntaxNode {
  return parseSync(path, text).program as unknown as SyntaxNode;
}

/** Calls `visit` with each node of a tree, parents first. */
export function walk(node: unknown, visit: (node: SyntaxNode, parent: SyntaxNode | undefined) => void): void {
  const step = (value: unknown, parent: SyntaxNode | undefined): void => {
    if (Array.isArray(value)) for (const item of value) step(item, parent);
    if (!isNode(value)) return;
    visit(value, parent);
    for (const field of Object.values(value)) if (typeof field === "object") step(field, value);
  };
  step(node, undefined);
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && typeof (value as SyntaxNode).type === "string";
}

/** The line of an offset, from 1. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/** Everything that a module imports, types and workers among it. */
export function moduleImports(path: string, text: string): ModuleImport[] {
  const found: ModuleImport[] = [];
  walk(parseModule(path, text), (node) => {
    const add = (how: ModuleImport["how"], source: unknown): void => {
      for (const specifier of strings(source)) found.push({ specifier, how, line: lineAt(text, node.start) });
    };
    switch (node.type) {
      case "ImportDeclaration":
      case "ExportNamedDeclaration":
      case "ExportAllDeclaration":
        add(isTypeOnly(node) ? "type" : "import", node.source);
        break;
      case "TSImportType":
        add("type", node.source ?? node.argument);
        break;
      case "ImportExpression":
        add("dynamic", node.source);
        break;
      case "NewExpression": {
        const [address, base] = node.arguments as SyntaxNode[];
        if (nameOf(node.callee) === "URL" && nameOf(base) === "import.meta.url") add("url", address);
        break;
      }
      case "CallExpression":
        if (nameOf(node.callee) === "import.meta.glob") add("glob", (node.arguments as unknown[])[0]);
        break;
    }
  });
  return found;
}

function isTypeOnly(node: SyntaxNode): boolean {
  if (node.importKind === "type" || node.exportKind === "type") return true;
  const parts = (node.specifiers as SyntaxNode[] | undefined) ?? [];
  return parts.length > 0 && parts.every((part) => part.importKind === "type" || part.exportKind === "type");
}

function strings(node: unknown): string[] {
  if (!isNode(node)) return [];
  if (node.type === "Literal" && typeof node.value === "string") return [node.value];
  if (node.type === "TSLiteralType") return strings(node.literal);
  if (node.type === "ArrayExpression") return (node.elements as unknown[]).flatMap(strings);
  return [];
}

/** `a`, `a.b` or `import.meta.x` as written; undefined for anything else. */
export function nameOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === "Identifier") return node.name as string;
  if (node.type === "MetaProperty") return `${nameOf(node.meta)}.${nameOf(node.property)}`;
  if (node.type !== "MemberExpression" || node.computed) return undefined;
  const object = nameOf(node.object);
  return object && `${object}.${nameOf(node.property)}`;
}
