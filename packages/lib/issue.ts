import { asRefusal, type Refusal, type Sentence, sentence, written } from "./sentence";

/** What zod reports of an input; the rest depends on its code. */
export interface Issue {
  message: string;
  code?: string | undefined;
  params?: unknown;
  [detail: string]: unknown;
}

/**
 * Makes an argument for zod's `addIssue` from a sentence with variables; `refusalOf` finds the sentence in the issue
 * again.
 */
export function asIssue(sentence: Sentence): { message: string; params: { sentence: Sentence } } {
  return { message: written(sentence), params: { sentence } };
}

/** Why an input is refused: in the schema's words, or in ours where it has none. */
export function refusalOf(issue: { message: string }): Refusal {
  const { message, params, ...rest } = issue as Issue;
  const own = (params as { sentence?: Sentence } | undefined)?.sentence;
  if (own !== undefined || !isZodsOwn(message)) return { message, sentence: own };
  return asRefusal(describe({ message, ...rest }));
}

/** How zod begins the messages that it writes itself: those are for people who read schemas. */
function isZodsOwn(message: string): boolean {
  return /^(Invalid |Too (small|big):|Unrecognized keys?:)/.test(message);
}

function describe(issue: Issue): Sentence {
  switch (issue.code) {
    case "invalid_type":
      return issue.message.endsWith("received undefined") ? sentence("This is missing.") : typeWanted(issue);
    case "too_small":
      return lowerBound(issue);
    case "too_big":
      return upperBound(issue);
    case "invalid_value":
      return sentence("Use one of these: {{values}}.", { values: listed(issue.values) });
    case "unrecognized_keys":
      return sentence("Not recognized: {{names}}.", { names: listed(issue.keys) });
    default:
      return sentence("This isn’t in the expected format.");
  }
}

function typeWanted({ expected }: Issue): Sentence {
  switch (expected) {
    case "string":
      return sentence("Use text here.");
    case "number":
      return sentence("Use a number here.");
    case "int":
      return sentence("Use a whole number here.");
    case "boolean":
      return sentence("Use true or false here.");
    case "array":
      return sentence("Use a list here.");
    case "object":
    case "record":
      return sentence("Use an object here.");
    case "date":
      return sentence("Use a date here.");
    default:
      return sentence("This isn’t in the expected format.");
  }
}

function lowerBound({ origin, minimum, inclusive }: Issue): Sentence {
  const least = String(minimum);
  if (origin === "string")
    return least === "1"
      ? sentence("Use at least one character.")
      : sentence("Use at least {{least}} characters.", { least });
  if (origin === "array" || origin === "set") return sentence("List at least {{least}}.", { least });
  return inclusive === false
    ? sentence("Use a number above {{least}}.", { least })
    : sentence("Use {{least}} or more.", { least });
}

function upperBound({ origin, maximum, inclusive }: Issue): Sentence {
  const most = String(maximum);
  if (origin === "string") return sentence("Use at most {{most}} characters.", { most });
  if (origin === "array" || origin === "set") return sentence("List at most {{most}}.", { most });
  return inclusive === false
    ? sentence("Use a number below {{most}}.", { most })
    : sentence("Use {{most}} or less.", { most });
}

const MAX_LISTED = 12;
const MAX_LENGTH = 60;

/** Names come from outside: a thousand of them, or one of a megabyte, stay short. */
function listed(values: unknown): string {
  if (!Array.isArray(values)) return "";
  const shown = values.slice(0, MAX_LISTED).map((value) => {
    const text = String(value);
    return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
  });
  return [...shown, ...(values.length > MAX_LISTED ? ["…"] : [])].join(", ");
}
