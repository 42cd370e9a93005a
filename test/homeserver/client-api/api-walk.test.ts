import { expect } from "chai";
import { type Operation, operations } from "./walk/operations.ts";
import { alwaysAnswers, otherAnswers } from "./walk/other-answers.ts";
import {
  ask,
  type Ground,
  pathOf,
  prepareGround,
  type Told,
  wholeBody,
  wholeQuery,
} from "./walk/requests.ts";
import { withoutRequired, withWrongTypes } from "./walk/sample.ts";

describe("every operation of the API definitions", () => {
  let ground: Ground;
  let faults: string[];
  before(async () => {
    ground = await prepareGround();
  });
  beforeEach(() => {
    faults = [];
  });

  /** Notes an answer that is none of those wanted, each a status with its errcode; and one that wrote something. */
  function demand({ id }: Operation, probe: string, told: Told, rule: readonly string[]): void {
    const wanted = otherAnswers(id, probe) ?? rule;
    const is = `${told.status} ${told.errcode}`;
    if (!wanted.includes(is)) faults.push(`${probe}: ${is}, wanted ${wanted.join(" or ")}`);
    if (told.wrote && told.status !== 200) faults.push(`${probe}: something was written`);
  }

  for (const operation of operations) {
    it(`${operation.method} ${operation.path} (${operation.id})`, async () => {
      const always = alwaysAnswers(operation.id);
      if (always === undefined) {
        await withoutRights(operation);
        await wrongQueries(operation);
        await wrongBodies(operation);
        await strangePlaces(operation);
      } else {
        const told = await send(operation);
        demand(operation, "any request", told, [always]);
      }
      expect(faults.join("\n")).to.equal("");
    });
  }

  /** Sends an operation's request as it should be, except for what is given. */
  function send(
    operation: Operation,
    given: Parameters<typeof ask>[3] & { params?: Record<string, string> } = {},
  ): Promise<Told> {
    const body = operation.body && wholeBody(operation);
    return ask(ground, operation.method, pathOf(operation, ground, given.params), {
      query: wholeQuery(operation),
      ...(body && { body }),
      ...given,
    });
  }

  async function withoutRights(operation: Operation): Promise<void> {
    const { auth } = operation;
    demand(operation, "wrong method", await ask(ground, "PATCH", pathOf(operation, ground), {}), [
      "405 M_UNRECOGNIZED",
    ]);
    if (auth === "token")
      demand(operation, "no token", await send(operation, { token: null }), ["401 M_MISSING_TOKEN"]);
    if (auth !== "none")
      demand(operation, "bad token", await send(operation, { token: "bad" }), ["401 M_UNKNOWN_TOKEN"]);
  }

  async function wrongQueries(operation: Operation): Promise<void> {
    const whole = wholeQuery(operation);
    for (const { name, required, type, enum: values } of operation.query ?? []) {
      if (required) {
        const { [name]: _left, ...query } = whole;
        demand(operation, `no ?${name}`, await send(operation, { query }), ["400 M_MISSING_PARAM"]);
      }
      if (type === "integer" || type === "boolean" || values) {
        const told = await send(operation, { query: { ...whole, [name]: "wrong" } });
        demand(operation, `wrong ?${name}`, told, ["400 M_INVALID_PARAM"]);
      }
    }
  }

  async function wrongBodies(operation: Operation): Promise<void> {
    if (!operation.body) return;
    for (const body of ["{", "not JSON", "{'a': 1}", '{"a":1,}']) {
      demand(operation, `body ${body}`, await send(operation, { body }), ["400 M_NOT_JSON"]);
    }
    for (const body of ["[]", "7", '"text"', "null"]) {
      demand(operation, `body ${body}`, await send(operation, { body }), ["400 M_BAD_JSON"]);
    }
    const whole = wholeBody(operation);
    for (const { place, body } of withoutRequired(operation.body, whole)) {
      const told = await send(operation, { body });
      demand(operation, `no ${place.join(".")}`, told, ["400 M_MISSING_PARAM", "400 M_BAD_JSON"]);
    }
    for (const { place, body } of withWrongTypes(operation.body, whole)) {
      const told = await send(operation, { body });
      demand(operation, `wrong ${place.join(".")} ${JSON.stringify(body)}`, told, ["400 M_BAD_JSON"]);
    }
  }

  async function strangePlaces(operation: Operation): Promise<void> {
    const rule = ["403 M_FORBIDDEN", "404 M_NOT_FOUND", "400 M_INVALID_PARAM"];
    for (const [, name = ""] of operation.path.matchAll(/\{(\w+)\}/g)) {
      for (const value of ground.nowhere[name] ?? []) {
        demand(operation, `${name} ${value}`, await send(operation, { params: { [name]: value } }), rule);
      }
      const anothers = ground.anothers[name];
      if (anothers === undefined) continue;
      demand(operation, `${name} of another`, await send(operation, { params: { [name]: anothers } }), rule);
    }
  }
});
