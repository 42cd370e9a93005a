import { networkFold } from "../../src/elements/network/network-fold.ts";
import "../../src/elements/network/homeroom-network.ts";
import "../../src/elements/theme.css";
import { MadeLog } from "../elements/made-log.ts";

const servers = 100;
const packets = 500;

declare global {
  interface Window {
    /** Resolves after so many milliseconds of a busy map. */
    busyMap(milliseconds: number): Promise<void>;
  }
}

/** A map of a hundred servers, with as many packets in flight at any moment: each that arrives, another leaves. */
const log = new MadeLog();
const names = Array.from({ length: servers }, (_, index) => `server-${index}.example`);
for (const name of names) log.server(name, "");
for (const [index, name] of names.entries()) log.device(`p${index}/laptop`, name);
const map = document.createElement("homeroom-network");
map.style.cssText = "display:block;height:100vh";
document.body.style.margin = "0";
document.body.append(map);

let state = log.entries.reduce(networkFold.step, networkFold.initial);
let told = log.entries.length;
const under: { exchange: number; ends: number; answered: boolean }[] = [];
let sent = 0;

function send(now: number): void {
  const from = names[sent % servers]!;
  const to = names[(sent * 7 + 1 + Math.floor(sent / servers)) % servers]!;
  const latency = 300 + ((sent * 37) % 700);
  sent += 1;
  log.at = now;
  const exchange = log.out(
    from,
    to === from ? names[(sent + 1) % servers]! : to,
    "PUT",
    `/_matrix/federation/v1/send/${sent}`,
    {
      latency,
    },
  );
  under.push({ exchange, ends: now + latency, answered: false });
}

/** What a world would have told since the last frame. */
function pass(now: number): void {
  for (const packet of [...under]) {
    if (packet.ends > now) continue;
    log.at = packet.ends;
    if (packet.answered) {
      log.add({ type: "exchange-done", exchange: packet.exchange });
      under.splice(under.indexOf(packet), 1);
    } else {
      log.add({ type: "exchange-held", exchange: packet.exchange }).back(packet.exchange, { latency: 300 });
      packet.answered = true;
      packet.ends += 300;
    }
  }
  while (under.length < packets) send(now);
  for (; told < log.entries.length; told++) state = networkFold.step(state, log.entries[told]!);
}

const began = { world: log.at, real: performance.now() };

window.busyMap = (milliseconds) =>
  new Promise((resolve) => {
    const until = performance.now() + milliseconds;
    const frame = (): void => {
      const real = performance.now();
      const worldAt = began.world + real - began.real;
      pass(worldAt);
      map.clock = { running: true, speed: 1, worldAt, realAt: real };
      map.state = state;
      if (real < until) requestAnimationFrame(frame);
      else resolve();
    };
    frame();
  });
