import { isJsonObject, type Json } from "../../protocol/json.ts";

/** As much of JSON Schema as the specification's events need. */
export type ContentSchema = {
  type?: string | string[];
  enum?: Json[];
  const?: Json;
  pattern?: string;
  minimum?: number;
  description?: string;
  required?: string[];
  properties?: Record<string, ContentSchema>;
  items?: ContentSchema;
  additionalProperties?: ContentSchema | boolean;
};

export type Path = readonly (string | number)[];

/** What does not fit, and where. */
export type ContentFault =
  | { path: Path; fault: "missing"; key: string }
  | { path: Path; fault: "type"; expected: string }
  | { path: Path; fault: "choice"; choices: string }
  | { path: Path; fault: "form" }
  | { path: Path; fault: "small"; least: number };

/** All that does not fit the schema. Keys that it does not know are allowed: Matrix lets events have more. */
export function contentFaults(value: Json, schema: ContentSchema, path: Path = []): ContentFault[] {
  const types = schema.type === undefined ? [] : [schema.type].flat();
  if (types.length > 0 && !types.some((type) => isOfType(value, type)))
    return [{ path, fault: "type", expected: types.join(" or ") }];
  const choices = schema.const === undefined ? schema.enum : [schema.const];
  if (choices && !choices.includes(value))
    return [{ path, fault: "choice", choices: choices.map(String).join(", ") }];
  if (
    typeof value === "string" &&
    schema.pattern !== undefined &&
    !new RegExp(schema.pattern, "u").test(value)
  )
    return [{ path, fault: "form" }];
  if (typeof value === "number" && schema.minimum !== undefined && value < schema.minimum)
    return [{ path, fault: "small", least: schema.minimum }];
  if (Array.isArray(value)) {
    const { items } = schema;
    return items ? value.flatMap((item, at) => contentFaults(item, items, [...path, at])) : [];
  }
  return isJsonObject(value) ? objectFaults(value, schema, path) : [];
}

function objectFaults(
  value: Record<string, Json | undefined>,
  schema: ContentSchema,
  path: Path,
): ContentFault[] {
  const missing = (schema.required ?? []).filter((key) => !Object.hasOwn(value, key));
  return [
    ...missing.map((key): ContentFault => ({ path, fault: "missing", key })),
    ...Object.entries(value).flatMap(([key, item]) => {
      const inner = memberSchema(schema, key);
      return inner && item !== undefined ? contentFaults(item, inner, [...path, key]) : [];
    }),
  ];
}

function isOfType(value: Json, type: string): boolean {
  switch (type) {
    case "object":
      return isJsonObject(value);
    case "array":
      return Array.isArray(value);
    case "integer":
      return Number.isInteger(value);
    case "null":
      return value === null;
    default:
      return typeof value === type;
  }
}

function memberSchema(schema: ContentSchema, key: string): ContentSchema | undefined {
  const { properties = {}, additionalProperties } = schema;
  if (Object.hasOwn(properties, key)) return properties[key];
  return typeof additionalProperties === "object" ? additionalProperties : undefined;
}

/** What the schema says of a place in the content. */
export function schemaAt(schema: ContentSchema, path: Path): ContentSchema | undefined {
  let found: ContentSchema | undefined = schema;
  for (const part of path)
    found = typeof part === "number" ? found?.items : found && memberSchema(found, part);
  return found;
}
