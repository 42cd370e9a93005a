/** What the page says that plays a random network again. */
export const trial = {
  "trial.kicker": "A random network",
  "trial.headline": "Can servers agree when everything breaks?",
  "trial.text":
    "{servers|# server|# servers}, {people|# person|# people}, and chance. People chat, invite, ban and rename; cables break, messages get lost, servers stop. Then all is mended. Press Resume and watch.",
  "trial.text-check":
    "In the end each server that is still in a room must have the same events and the same state as every other, and each person must see what their server has.",
  "trial.playing": "Chance is at work…",
  "trial.later": "At the end of the playback you read here whether it held.",
  "trial.held": "It held: all agree in the end.",
  "trial.not-held": "It did not hold:",
  "trial.failed": "This network could not be played.",
  "trial.seed": "Seed",
  "trial.play": "Play",
  "trial.next": "Next seed",
  "trial.end": "To the end",
} as const;
