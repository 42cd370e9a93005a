import { expect } from "chai";
import { defaultRoomVersion, findRoomVersion, roomVersions } from "../../src/protocol/room-versions.ts";

describe("room versions", () => {
  it("are 6 to 12, and 12 is for new rooms", () => {
    expect(Object.keys(roomVersions)).to.deep.equal(["6", "7", "8", "9", "10", "11", "12"]);
    for (const [id, version] of Object.entries(roomVersions)) {
      expect(version).to.include({ id, stable: true });
      expect(findRoomVersion(id)).to.equal(version);
    }
    expect(defaultRoomVersion).to.equal("12");
  });

  it("that are unknown are not found", () => {
    for (const id of ["1", "5", "13", "", "toString", "__proto__", "org.matrix.msc1234"]) {
      expect(findRoomVersion(id)).to.equal(undefined);
    }
  });

  it("write keys that survive a redaction in canonical order", () => {
    for (const { redaction } of Object.values(roomVersions)) {
      for (const keys of [redaction.event, ...redaction.content.values()]) {
        if (keys !== "all") expect(keys).to.deep.equal([...keys].sort());
      }
    }
  });
});
