import { type Sentence, sentence } from "@calcom/lib/sentence";
import { ExperimentError } from "../types/errors";
import type { Status } from "../types/settings";
import { type Action, actionsOf, type Standing } from "./lifecycle";

export function invalidTransition(slug: string, of: Status | Standing, action: Action): ExperimentError {
  const standing: Standing = typeof of === "string" ? { status: of } : of;
  const { status, isTurnedOff } = standing;
  const facts = {
    slug,
    standing: isTurnedOff ? sentence("is turned off") : standings[status],
    action: actions[action],
  };
  const possible = joinByOr(actionsOf(standing).map((one) => actions[one]));
  const text =
    possible === null
      ? sentence("{{slug}} {{standing}}, so {{action}} isn’t possible. Duplicate it to run it again.", facts)
      : sentence("{{slug}} {{standing}}: {{action}} isn’t possible, but {{possible}} is.", {
          ...facts,
          possible,
        });
  return new ExperimentError("invalid_transition", text, { details: { status, action } });
}

function joinByOr([first, ...others]: Sentence[]): Sentence | null {
  if (first === undefined) return null;
  const rest = joinByOr(others);
  return rest === null ? first : sentence("{{first}} or {{rest}}", { first, rest });
}

const standings: Record<Status, Sentence> = {
  draft: sentence("is a draft"),
  running: sentence("is running"),
  paused: sentence("is paused"),
  off: sentence("is turned off"),
  concluded: sentence("is concluded"),
  archived: sentence("is archived"),
};

const actions: Record<Action, Sentence> = {
  start: sentence("starting it"),
  pause: sentence("pausing it"),
  resume: sentence("resuming it"),
  turn_off: sentence("turning it off"),
  turn_on: sentence("turning it on"),
  conclude: sentence("concluding it"),
  archive: sentence("archiving it"),
};
