import { type Facts, isWordsKey, learn, say } from "./catalogue.ts";
import { refusals } from "./en/refusals.ts";

learn(refusals);

/** What refused something: our own code with its facts, or what a server answered. */
export type Refused = { code: string; facts: Facts; errcode?: string };

/** A refusal in the learner's words: those of its code, else those of the errcode, else that it went wrong. */
export function refusalWords({ code, facts, errcode }: Refused): string {
  const key = [code, `errcode.${errcode ?? code}`].find(isWordsKey);
  return say(key ?? "errcode.other", { code: errcode ?? code, ...facts });
}
