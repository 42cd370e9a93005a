import { expect } from "chai";
import {
  type ContentSchema,
  contentFaults,
  schemaAt,
} from "../../../src/elements/inspector/content-schema.ts";
import schemas from "../../../src/elements/inspector/content-schemas.json";
import type { Json } from "../../../src/protocol/json.ts";

const types = schemas.types as unknown as Record<string, ContentSchema>;

function faults(type: string, content: Json): unknown[] {
  return contentFaults(content, types[type]!).map(({ path, ...fault }) => [path.join("."), fault]);
}

describe("the specification's schemas of content", () => {
  it("find what is missing, of the wrong type, or no choice", () => {
    expect(faults("m.room.name", { name: "Tea" })).to.deep.equal([]);
    expect(faults("m.room.name", {})).to.deep.equal([["", { fault: "missing", key: "name" }]]);
    expect(faults("m.room.name", { name: 5 })).to.deep.equal([
      ["name", { fault: "type", expected: "string" }],
    ]);
    expect(faults("m.room.name", [])).to.deep.equal([["", { fault: "type", expected: "object" }]]);
    expect(faults("m.room.history_visibility", { history_visibility: "all" })).to.deep.equal([
      ["history_visibility", { fault: "choice", choices: "invited, joined, shared, world_readable" }],
    ]);
  });

  it("look into lists and into maps by any key", () => {
    const rule = { join_rule: "restricted", allow: [{ type: "m.room_membership", room_id: "no" }, {}] };
    expect(faults("m.room.join_rules", rule)).to.deep.equal([
      ["allow.0.room_id", { fault: "form" }],
      ["allow.1", { fault: "missing", key: "type" }],
    ]);
    expect(faults("m.room.power_levels", { events: { "m.room.name": "50" } })).to.deep.equal([
      ["events.m.room.name", { fault: "type", expected: "integer" }],
    ]);
    expect(faults("m.room.power_levels", { ban: 0.5, "org.example": true })).to.deep.equal([
      ["ban", { fault: "type", expected: "integer" }],
    ]);
  });

  it("explain a place in the content", () => {
    expect(schemaAt(types["m.room.power_levels"]!, ["ban"])?.description).to.match(/level required to ban/);
    expect(schemaAt(types["m.room.join_rules"]!, ["allow", 0, "type"])?.enum).to.deep.equal([
      "m.room_membership",
    ]);
    expect(schemaAt(types["m.room.name"]!, ["nothing", "there"])).to.equal(undefined);
  });

  it("all say what they are about", () => {
    for (const [type, { description }] of Object.entries(types))
      expect(description, type).to.be.a("string").and.not.equal("");
  });
});
