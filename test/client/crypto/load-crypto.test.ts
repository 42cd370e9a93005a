import { packedSize, unpackedSize } from "virtual:homeroom-crypto";
import { expect } from "chai";
import { type CryptoProgress, loadCrypto } from "../../../src/client/crypto/load-crypto.ts";

describe("The crypto", () => {
  it("is small on the wire, tells truly how much of it is here, and is kept for the next visit", async () => {
    const told: CryptoProgress[] = [];
    await loadCrypto((progress) => told.push(progress));
    expect(packedSize).to.be.below(1_600_000);
    expect(told[0]).to.deep.equal({ loaded: 0, size: packedSize });
    expect(told.at(-1)).to.deep.equal({ loaded: packedSize, size: packedSize });
    expect(told.map(({ loaded }) => loaded)).to.deep.equal(
      told.map(({ loaded }) => loaded).toSorted((a, b) => a - b),
    );
    expect(unpackedSize).to.be.above(packedSize);
    const cache = await caches.open("homeroom-crypto");
    // It is kept beside what goes on.
    let kept: Request | undefined;
    while (!kept) [kept] = await cache.keys();
    const bytes = await (await cache.match(kept))!.arrayBuffer();
    expect(bytes.byteLength).to.equal(packedSize);
  });
});
