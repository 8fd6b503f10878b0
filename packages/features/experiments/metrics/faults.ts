import { type Sentence, sentence } from "@calcom/lib/sentence";

// Why a metric cannot be measured, as the end of "Monthly revenue can’t be measured: …". None repeats what the database
// said of it: that may quote a value, and a value could be anybody's address.

export const NOT_DEFINED = sentence("no code defines it");
export const NOT_FOR_UNIT = sentence("its definition does not cover the participants of this experiment");
export const NO_GUARDRAIL_ANY_MORE = sentence("it was a guardrail at the start but no longer is");
export const TOO_SLOW = sentence("its query takes too long");
export const REDEFINED = sentence("its definition has changed since the start");

/** By the SQLSTATE with which the database refused to compute it. */
export function faultOfQuery(state: string): Sentence {
  switch (state) {
    case "22012":
      return sentence("its query divides by zero");
    case "22003":
      return sentence("its query gives a number that is out of range");
    case "22007":
    case "22008":
      return sentence("its query reads a date or time that is not valid");
    case "22P02":
      return sentence("its query reads a value of the wrong type");
    case "42P01":
      return sentence("a table that its query reads doesn’t exist");
    case "42703":
      return sentence("a column that its query reads doesn’t exist");
    case "57014":
      return TOO_SLOW;
    default:
      return sentence("the database can’t run its query (SQLSTATE {{state}})", { state });
  }
}
