import type { IPushRules, PushRuleKind } from "matrix-js-sdk";
import { roomOf, signedIn } from "./act-target.ts";
import type { DeviceClient } from "./device-client.ts";
import { setMarkedUnread } from "./marked-unread.ts";
import type { RoomNotify } from "./room-notify.ts";

/** Says by push rules of what in a room the account is notified; `roomNotifyOf` reads them. */
export async function setRoomNotify(device: DeviceClient, room: string, notify: RoomNotify): Promise<void> {
  const client = signedIn(device);
  const { roomId } = roomOf(client, room);
  const rules: IPushRules = await client.getPushRules();
  const wanted = { all: undefined, mentions: "room", mute: "override" }[notify];
  const conditions = [{ kind: "event_match", key: "room_id", pattern: roomId }];
  const ruleIn = (kind: "room" | "override") => rules.global[kind]?.find(({ rule_id }) => rule_id === roomId);
  if (wanted === "room" || wanted === "override") {
    const kind = wanted as PushRuleKind;
    const body = { actions: [], ...(wanted === "override" && { conditions }) };
    await client.addPushRule("global", kind, roomId, body as never);
    if (ruleIn(wanted)?.enabled === false) await client.setPushRuleEnabled("global", kind, roomId, true);
  }
  // Only then, or the room would be loud in between.
  for (const kind of ["override", "room"] as const) {
    if (kind !== wanted && ruleIn(kind)) await client.deletePushRule("global", kind as PushRuleKind, roomId);
  }
}

/** Puts a room aside for later, or has all of it read, threads too, without being looked at. */
export async function markRoom(device: DeviceClient, room: string, unread: boolean): Promise<void> {
  const client = signedIn(device);
  const shown = roomOf(client, room);
  const sent = (id: string | undefined): boolean => id?.startsWith("$") === true;
  const newest = shown.getLastLiveEvent();
  const last = shown
    .getLiveTimeline()
    .getEvents()
    .findLast((event) => sent(event.getId()));
  if (!unread && newest && last && sent(newest.getId()))
    await client.setRoomReadMarkers(shown.roomId, last.getId()!, newest);
  await setMarkedUnread(client, shown, unread);
}
