import type { Deed } from "../observing/observed-message.ts";
import { type Holds, isIn, isRoom, isUser, type Known, of } from "./known.ts";
import type { DeedCondition } from "./message-condition.ts";

type Wanted = { type: Deed["kind"]; in?: string; from?: string; to?: string; text?: string };

export const deedHolds: Holds<DeedCondition> = {
  reaction: (known, condition) =>
    of(...deeds(known, condition).filter(({ key }) => condition.key === undefined || key === condition.key)),
  reply: (known, condition) => of(...deeds(known, condition)),
  thread: (known, condition) => of(...deeds(known, condition)),
  edited: (known, condition) => of(...deeds(known, condition)),
  redacted: (known, condition) => of(...deeds(known, condition)),
  file: (known, condition) =>
    of(
      ...deeds(known, condition).filter(
        ({ file }) =>
          (condition.kind === undefined || file?.type === `m.${condition.kind}`) &&
          isIn(file?.name ?? "", condition.name),
      ),
    ),
};

function deeds({ observation, bindings }: Known, wanted: Wanted): Deed[] {
  return observation.deeds.filter(
    (deed) =>
      deed.kind === wanted.type &&
      isRoom(bindings, deed.room, wanted.in) &&
      isUser(bindings, deed.sender, wanted.from) &&
      isUser(bindings, deed.toSender ?? "", wanted.to) &&
      isIn(deed.text ?? "", wanted.text),
  );
}
