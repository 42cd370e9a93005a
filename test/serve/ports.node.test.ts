import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ed25519 } from "@noble/curves/ed25519.js";
import { endOfBurst } from "../../src/serve/end-of-burst.ts";
import { opensslSigner } from "../../src/serve/openssl-signer.ts";
import { cheapCost, fullCost, scryptPasswords } from "../../src/serve/scrypt-passwords.ts";
import { loadSodium, sodiumSigner } from "../../src/serve/sodium-signer.ts";
import { systemChance } from "../../src/serve/system-chance.ts";
import { systemClock } from "../../src/serve/system-clock.ts";

const sodium = loadSodium();
const signers = { OpenSSL: opensslSigner(), ...(sodium && { libsodium: sodiumSigner(sodium) }) };
for (const [library, signer] of Object.entries(signers)) {
  describe(`the signer by ${library}`, () => {
    const seed = systemChance.bytes(32);
    const message = new TextEncoder().encode("a message");

    it("makes the keys and signatures that any Ed25519 makes", async () => {
      assert.deepEqual(await signer.publicKey(seed), ed25519.getPublicKey(seed));
      assert.deepEqual(await signer.sign(seed, message), ed25519.sign(message, seed));
    });

    it("signs the specification's example as the specification does", async () => {
      // https://spec.matrix.org/v1.19/appendices/#json-signing
      const bytes = Buffer.from("YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1", "base64");
      const signature = await signer.sign(bytes, new TextEncoder().encode("{}"));
      assert.equal(
        Buffer.from(signature).toString("base64").replace(/=+$/, ""),
        "K8280/U9SSy9IVtjBuVeLr+HpOB4BQFWbg+UZaADMtTdGYI7Geitb76LTrr5QV/7Xg4ahLwYGYZzuHGZKM5ZAQ",
      );
    });

    it("verifies, and says no to what is changed or malformed", async () => {
      const key = await signer.publicKey(seed);
      const signature = await signer.sign(seed, message);
      assert.equal(await signer.verify(key, message, signature), true);
      assert.equal(await signer.verify(key, message.slice(1), signature), false);
      assert.equal(
        await signer.verify(await signer.publicKey(systemChance.bytes(32)), message, signature),
        false,
      );
      assert.equal(await signer.verify(key, message, signature.slice(1)), false);
      assert.equal(await signer.verify(key.slice(1), message, signature), false);
    });

    it("answers in the order asked", async () => {
      const order: number[] = [];
      const ask = (index: number) => signer.sign(seed, systemChance.bytes(index % 2 ? 10 : 60_000));
      await Promise.all(Array.from({ length: 50 }, (_, index) => ask(index).then(() => order.push(index))));
      assert.deepEqual(
        order,
        [...order].sort((a, b) => a - b),
      );
    });
  });
}

describe("the end of a burst", () => {
  it("is the first turn in which nothing came", async () => {
    let count = 1;
    const come = (): void => {
      if (++count < 5) setImmediate(come);
    };
    setImmediate(come);
    await endOfBurst(() => count);
    assert.equal(count, 5);
  });

  it("comes even if more and more comes in", async () => {
    let count = 1;
    let isOver = false;
    const come = (): void => {
      count += 1;
      if (!isOver) setImmediate(come);
    };
    setImmediate(come);
    await endOfBurst(() => count);
    isOver = true;
    assert.ok(count < 20);
  });
});

describe("passwords", () => {
  const passwords = scryptPasswords(cheapCost);

  it("verify by what was hashed, whatever the cost then", async () => {
    const hashed = await passwords.hash("correct horse");
    assert.match(hashed, /^\$scrypt\$ln=4,r=1,p=1\$/);
    assert.equal(await scryptPasswords(fullCost).verify("correct horse", hashed), true);
    assert.equal(await passwords.verify("correct horsf", hashed), false);
  });

  it("are salted", async () => {
    assert.notEqual(await passwords.hash("the same"), await passwords.hash("the same"));
  });

  it("are the same in both forms of the same letters", async () => {
    assert.equal(await passwords.verify("Zu\u0308rich", await passwords.hash("Z\u00fcrich")), true);
  });

  it("never verify against something else", async () => {
    for (const kept of ["", "plain", "$scrypt$ln=4,r=1,p=1$$"])
      assert.equal(await passwords.verify("", kept), false);
  });
});

describe("the system's clock", () => {
  it("runs once, and not if cancelled", async () => {
    const ran: string[] = [];
    await new Promise<void>((resolve) => {
      const cancel = systemClock.schedule(0, () => ran.push("cancelled"));
      cancel();
      systemClock.schedule(1, () => resolve());
      ran.push("first");
    });
    assert.deepEqual(ran, ["first"]);
  });

  it("does not run at once what is due in months", async () => {
    const cancel = systemClock.schedule(2 ** 40, () => assert.fail("ran"));
    await new Promise<void>((resolve) => void systemClock.schedule(20, resolve));
    cancel();
  });
});
