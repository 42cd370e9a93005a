import { expect } from "chai";
import { readAnswer, TestServer } from "../test-server.ts";

const garden = () => TestServer.start();
const encoded = encodeURIComponent;

describe("account data", () => {
  it("is kept, of the account and of a room, and survives a restart", async () => {
    const server = await garden();
    const bo = await server.user("bo");
    const path = `v3/user/${bo.id}/account_data/org.example.color`;
    const inRoom = `v3/user/${bo.id}/rooms/${encoded("!tea:garden.example")}/account_data/org.example.color`;
    expect((await bo.call("GET", path)).body.errcode).to.equal("M_NOT_FOUND");
    await bo.done("PUT", path, { color: "green" });
    await bo.done("PUT", inRoom, { color: "blue" });
    bo.server = await server.restarted();
    expect(await bo.done("GET", path)).to.deep.equal({ color: "green" });
    expect(await bo.done("GET", inRoom)).to.deep.equal({ color: "blue" });
  });

  it("is nobody else's, and not where the server rules", async () => {
    const server = await garden();
    const [bo, cy] = [await server.user("bo"), await server.user("cy")];
    expect((await cy.call("GET", `v3/user/${bo.id}/account_data/x`)).status).to.equal(403);
    expect((await cy.call("PUT", `v3/user/${bo.id}/account_data/x`, {})).status).to.equal(403);
    for (const type of ["m.fully_read", "m.push_rules"]) {
      const answer = await bo.call("PUT", `v3/user/${bo.id}/account_data/${type}`, {});
      expect([answer.status, answer.body.errcode]).to.deep.equal([405, "M_BAD_JSON"]);
    }
    const noRoom = await bo.call("PUT", `v3/user/${bo.id}/rooms/tea/account_data/x`, {});
    expect(noRoom.body.errcode).to.equal("M_INVALID_PARAM");
  });

  it("holds tags", async () => {
    const bo = await (await garden()).user("bo");
    const tags = `v3/user/${bo.id}/rooms/${encoded("!tea:garden.example")}/tags`;
    await bo.done("PUT", `${tags}/m.favourite`, { order: 0.25 });
    await bo.done("PUT", `${tags}/u.work`, {});
    await bo.done("DELETE", `${tags}/u.work`);
    expect(await bo.done("GET", tags)).to.deep.equal({ tags: { "m.favourite": { order: 0.25 } } });
    expect((await bo.call("PUT", `${tags}/u.work`, { order: "first" })).body.errcode).to.equal("M_BAD_JSON");
  });
});

describe("profiles", () => {
  it("are read by anyone, and written by their user", async () => {
    const server = await garden();
    const [bo, cy] = [await server.user("bo"), await server.user("cy")];
    await bo.done("PUT", `v3/profile/${bo.id}/displayname`, { displayname: "Bo" });
    await bo.done("PUT", `v3/profile/${bo.id}/org.example.pet`, { "org.example.pet": ["cat"] });
    const read = await server.call("GET", `v3/profile/${bo.id}`);
    expect(read.body).to.deep.equal({ displayname: "Bo", "org.example.pet": ["cat"] });
    const other = await cy.call("PUT", `v3/profile/${bo.id}/displayname`, { displayname: "Bah" });
    expect(other.body.errcode).to.equal("M_FORBIDDEN");
    await bo.done("DELETE", `v3/profile/${bo.id}/displayname`);
    expect((await server.call("GET", `v3/profile/${bo.id}/displayname`)).status).to.equal(404);
  });

  it("refuse what is no field, no value, or too much", async () => {
    const bo = await (await garden()).user("bo");
    const put = async (field: string, value: unknown, name = field) => {
      const answer = await bo.call("PUT", `v3/profile/${bo.id}/${encoded(field)}`, {
        [name]: value as string,
      });
      return answer.body.errcode;
    };
    expect(await put("displayname", 5)).to.equal("M_BAD_JSON");
    expect(await put("displayname", "Bo", "name")).to.equal("M_MISSING_PARAM");
    expect(await put("Pet!", "cat")).to.equal("M_INVALID_PARAM");
    expect(await put(`a.${"b".repeat(254)}`, "x")).to.equal("M_KEY_TOO_LARGE");
    expect(await put("org.example.essay", "x".repeat(70_000))).to.equal("M_PROFILE_TOO_LARGE");
    expect(await bo.done("GET", `v3/profile/${bo.id}`)).to.deep.equal({ displayname: "bo" });
    expect((await bo.call("GET", "v3/profile/@nobody:garden.example")).status).to.equal(404);
  });
});

describe("devices", () => {
  it("are listed, named, and deleted by whoever knows the password", async () => {
    const server = await garden();
    const laptop = await server.user("bo");
    const phone = await laptop.secondDevice();
    await laptop.done("PUT", `v3/devices/${phone.deviceId}`, { display_name: "Phone" });
    const listed = await laptop.done("GET", "v3/devices");
    const seen = { last_seen_ts: server.clock.time };
    expect(listed.devices).to.deep.include({ device_id: phone.deviceId, display_name: "Phone", ...seen });

    const asked = await laptop.call("DELETE", `v3/devices/${phone.deviceId}`, {});
    expect(asked.status).to.equal(401);
    expect(asked.body.flows).to.deep.equal([{ stages: ["m.login.password"] }]);
    const auth = (password: string) => ({
      auth: {
        type: "m.login.password",
        identifier: { type: "m.id.user", user: "bo" },
        password,
        session: asked.body.session!,
      },
    });
    const wrong = await laptop.call("DELETE", `v3/devices/${phone.deviceId}`, auth("guess"));
    expect([wrong.status, wrong.body.errcode]).to.deep.equal([401, "M_FORBIDDEN"]);
    await laptop.done("DELETE", `v3/devices/${phone.deviceId}`, auth("bo-secret"));
    expect((await phone.call("GET", "v3/account/whoami")).body.errcode).to.equal("M_UNKNOWN_TOKEN");
    expect((await laptop.call("GET", `v3/devices/${phone.deviceId}`)).status).to.equal(404);
  });

  it("say when and from where they were last seen, give or take a few minutes", async () => {
    const server = await garden();
    const bo = await server.user("bo");
    const began = server.clock.time;
    const lookFrom = async (address: string) => {
      const headers = { authorization: `Bearer ${bo.token}` };
      const url = `https://garden.example/_matrix/client/v3/devices/${bo.deviceId}`;
      const { body } = await readAnswer(
        await server.homeserver.fetch(new Request(url, { headers }), address),
      );
      return [body.last_seen_ip, Number(body.last_seen_ts) - began];
    };
    expect(await lookFrom("192.0.2.1")).to.deep.equal(["192.0.2.1", 0]);
    server.clock.advance(1000);
    expect(await lookFrom("192.0.2.1")).to.deep.equal(["192.0.2.1", 0]);
    expect(await lookFrom("192.0.2.2")).to.deep.equal(["192.0.2.2", 1000]);
    server.clock.advance(600_000);
    expect(await lookFrom("192.0.2.2")).to.deep.equal(["192.0.2.2", 601_000]);
    bo.server = await server.restarted();
    const { last_seen_ip } = await bo.done("GET", `v3/devices/${bo.deviceId}`);
    expect(last_seen_ip).to.equal("192.0.2.2");
  });

  it("are signed out by a new password, if one wants", async () => {
    const server = await garden();
    const laptop = await server.user("bo");
    const phone = await laptop.secondDevice();
    const auth = { type: "m.login.password", user: "bo", password: "bo-secret" };
    await laptop.done("POST", "v3/account/password", { new_password: "else", logout_devices: false, auth });
    await phone.done("GET", "v3/account/whoami");
    const again = { ...auth, password: "else" };
    await laptop.done("POST", "v3/account/password", { new_password: "third", auth: again });
    expect((await phone.call("GET", "v3/account/whoami")).status).to.equal(401);
    await laptop.done("GET", "v3/account/whoami");
  });
});

describe("push rules over HTTP", () => {
  it("begin with the predefined ones, and take the user's own above them", async () => {
    const bo = await (await garden()).user("bo");
    const rules = "v3/pushrules/global";
    await bo.done("PUT", `${rules}/override/quiet`, { actions: [] });
    await bo.done("PUT", `${rules}/override/loud?after=quiet`, { actions: ["notify"] });
    await bo.done("PUT", `${rules}/content/cake`, { actions: ["notify"], pattern: "cake" });
    const all = (await bo.done("GET", "v3/pushrules/")) as { global: Record<string, { rule_id: string }[]> };
    const first = all.global.override!.slice(0, 4).map(({ rule_id }) => rule_id);
    expect(first).to.deep.equal([".m.rule.master", "quiet", "loud", ".m.rule.suppress_notices"]);
    await bo.done("PUT", `${rules}/content/cake/enabled`, { enabled: false });
    expect(await bo.done("GET", `${rules}/content/cake/enabled`)).to.deep.equal({ enabled: false });
    await bo.done("PUT", `${rules}/override/.m.rule.tombstone/actions`, { actions: [] });
    expect(await bo.done("GET", `${rules}/override/.m.rule.tombstone/actions`)).to.deep.equal({
      actions: [],
    });
    await bo.done("DELETE", `${rules}/override/quiet`);
    expect((await bo.call("GET", `${rules}/override/quiet`)).status).to.equal(404);
  });

  it("refuse what cannot be", async () => {
    const bo = await (await garden()).user("bo");
    const put = async (path: string, body: object) =>
      (await bo.call("PUT", `v3/pushrules/global/${path}`, body as never)).body.errcode;
    expect(await put("override/.mine", { actions: [] })).to.equal("M_INVALID_PARAM");
    expect(await put("override/a%5Cb", { actions: [] })).to.equal("M_INVALID_PARAM");
    expect(await put("nonsense/x", { actions: [] })).to.equal("M_INVALID_PARAM");
    expect(await put("content/x", { actions: [] })).to.equal("M_MISSING_PARAM");
    expect(await put("override/x", {})).to.equal("M_MISSING_PARAM");
    expect(await put("override/x?before=nothing", { actions: [] })).to.equal("M_UNKNOWN");
    const predefined = await bo.call("DELETE", "v3/pushrules/global/override/.m.rule.master");
    expect(predefined.status).to.equal(400);
  });
});
