import type { MessageRef } from "../action.ts";
import type { Observation } from "../observation.ts";
import type { Bindings } from "../world.ts";

type Candidate = { event: string; sender: string; text: string };

/** The id of the message that is meant, among these, oldest first. */
export function findMessage(
  ref: MessageRef,
  messages: readonly Candidate[],
  people: Bindings["people"],
): string | undefined {
  if (typeof ref === "string") return ref;
  const { from, text } = ref;
  const user = from === undefined ? undefined : (people[from]?.user ?? from);
  return messages.findLast(
    (message) =>
      (user === undefined || message.sender === user) &&
      (text === undefined || message.text.toLowerCase().includes(text.toLowerCase())),
  )?.event;
}

/** The same in a room of a world. */
export function messageIn(
  room: string,
  ref: MessageRef,
  { messages }: Pick<Observation, "messages">,
  { people }: Bindings,
): string | undefined {
  if (typeof ref === "string") return ref;
  return findMessage(
    ref,
    messages.filter((message) => message.room === room),
    people,
  );
}
