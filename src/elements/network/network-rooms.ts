import { html, nothing, svg, type TemplateResult } from "lit";
import { say } from "../../catalogue/late.ts";
import { lookOf, serverIn } from "../server-look.ts";
import { stillWaits } from "./network-fold.ts";
import { houseBody } from "./network-geometry.ts";
import type { Rect } from "./network-measure.ts";
import { place } from "./network-place.ts";
import type { Scene } from "./network-scene.ts";
import type { HostRoom } from "./network-state.ts";

/** The name that a room goes by on the map: its address, its name, or who is in it. */
export function roomLabel(room: HostRoom): string {
  if (room.alias) return room.alias.slice(0, room.alias.indexOf(":"));
  if (room.name) return room.name;
  const people = room.members.slice(0, 3).map((member) => member.slice(1, member.indexOf(":")));
  return people.length > 0 ? people.join(" · ") : say("network.nameless-room");
}

function dots(scene: Scene, host: string, room: HostRoom, width: number): TemplateResult {
  const shown = room.dots.slice(-Math.max(3, Math.floor(width / 13)));
  return html`<svg class="dots" aria-hidden="true" focusable="false" width=${shown.length * 12 + 2} height="14">
    ${shown.map((dot, index) => {
      const look = scene.looks.get(serverIn(dot.sender) ?? "");
      const waits = stillWaits(scene.state, host, room.id, dot);
      const radius = dot.state ? 2.6 : 4.4;
      const name = `${look?.className ?? ""} ${waits ? "waits" : ""} ${dot.type === "m.room.encrypted" ? "sealed" : ""}`;
      return svg`<circle class=${name} cx=${7 + index * 12} cy="7" r=${waits && !dot.state ? radius - 0.4 : radius}></circle>`;
    })}
  </svg>`;
}

/** The rooms that a homeserver keeps, inside its house: a dot for each of the newest events, in its sender's server's colour. */
export function roomButtons(scene: Scene, host: string, rect: Rect): TemplateResult | typeof nothing {
  const rooms = [...(scene.state.rooms.get(host)?.values() ?? [])].sort(
    (one, other) => other.touched - one.touched,
  );
  const { tier } = scene.layout;
  const most = tier === "large" ? 2 : tier === "medium" ? 1 : 0;
  if (rooms.length === 0 || most === 0) return nothing;
  const body = houseBody(rect, tier);
  const width = body.width - (tier === "large" ? 34 : 16);
  const shown = rooms.slice(0, rooms.length > most && most > 1 ? most - 1 : most);
  const more = rooms.length - shown.length;
  const rows = shown.length + (more > 0 && most > 1 ? 1 : 0);
  const top = rect.y + body.height - 12 - rows * 28;
  const at = (row: number, inner: number) => ({
    x: Math.round(rect.x + (body.width - inner) / 2),
    y: Math.round(top + row * 28),
    width: inner,
  });
  return html`<ul>
    ${shown.map((room, row) => {
      const newest = room.dots.at(-1);
      const label = roomLabel(room);
      const waits = newest !== undefined && stillWaits(scene.state, host, room.id, newest);
      const look = lookOf(scene.looks, room.alias ?? "");
      return html`<li>
        <button
          class="room"
          ${place(at(row, width))}
          type="button"
          aria-label=${say(waits ? "network.room-waits" : "network.room", { room: label, server: host, n: room.dots.length })}
          aria-pressed=${scene.selectedEvent !== undefined && room.dots.some(({ event }) => event === scene.selectedEvent)}
          @click=${() => newest && scene.act({ type: "look", at: { event: { id: newest.event } } })}
        >
          ${dots(scene, host, room, width * 0.52)}<span class="room-name ${look?.className ?? "plain"}">${label}</span>
        </button>
      </li>`;
    })}
    ${
      more > 0 && most > 1
        ? html`<li>
            <button class="room more" ${place(at(rows - 1, 56))} type="button" aria-label=${say("network.more-rooms-name", { n: more, server: host })}
              @click=${() => scene.act({ type: "look", at: { host } })}>${say("network.more-rooms", { n: more })}</button>
          </li>`
        : nothing
    }
  </ul>`;
}
