import {
  type ExperimentAnswer,
  type ExperimentSlug,
  SERVED_REASONS,
  UNSERVED_REASONS,
  unservedAnswer,
  type VariantOf,
} from "@calcom/features/experiments";

/** A page that is prerendered once per combination of decisions, each of them named by a code in its path. */
export interface StaticPage {
  /** Where its route `[code]` is, in each language, such as `/landing`. */
  readonly folder: string;
  readonly slugs: ExperimentSlug[];
  /** What is rendered at build time. Rarer codes, such as those of winners, are rendered when they are first asked for. */
  readonly commonCodes: string[];
  /**
   * The code of these decisions, in the order of the slugs. Null is one that only a draw can tell: the browser asks for
   * it once somebody looks. What is left out there was no time for.
   */
  encode(answers: (Pick<ExperimentAnswer, "variant" | "reason"> | null)[]): string;
  /** Null where no decision of this page has that code. */
  decode(code: string): ExperimentAnswer[] | null;
}

type Variants = { readonly [S in ExperimentSlug]?: readonly VariantOf<S>[] };
type EachVariantOf<V> = {
  [S in keyof V]: V[S] extends readonly (infer Named)[]
    ? Exclude<VariantOf<Extract<S, string>>, Named> extends never
      ? unknown
      : { "a variant is missing": Exclude<VariantOf<Extract<S, string>>, Named> }
    : never;
};

/**
 * Declares a static page: its folder, and per experiment the variants that its code can show, control first. They
 * come from code, so that weights, states and winners change without a build; a variant that only the configuration
 * has shows control and is not counted.
 */
export function staticPage<const V extends Variants>(
  folder: `/${string}`,
  variants: V & EachVariantOf<V>,
): StaticPage {
  const entries = Object.entries<readonly string[]>(variants);
  return {
    folder,
    slugs: entries.map(([slug]) => slug as ExperimentSlug),
    commonCodes: commonCodesOf(entries.map(([, names]) => names)),
    encode: (answers) => entries.map(([, names], index) => encodeOne(answers[index], names)).join(SEPARATOR),
    decode(code) {
      const parts = code.split(SEPARATOR);
      if (parts.length !== entries.length) return null;
      const answers: ExperimentAnswer[] = [];
      for (const [index, [slug, names]] of entries.entries()) {
        if (parts[index] === OPEN) continue;
        const answer = decodeOne(slug, parts[index] ?? "", names);
        if (answer === null) return null;
        answers.push(answer);
      }
      return answers;
    },
  };
}

/** Neither in slugs, variants and reasons, nor changed by any encoding of paths. */
const SEPARATOR = "~";
const MAX_COMMON_CODES = 64;
const UNDECIDED = { variant: null, reason: "unavailable" } as const;
const OPEN = "open";

function encodeOne(
  answer: Pick<ExperimentAnswer, "variant" | "reason"> | null | undefined,
  names: readonly string[],
): string {
  if (answer === null) return OPEN;
  const { variant, reason } = answer ?? UNDECIDED;
  if (variant === null) return reason;
  return names.includes(variant) ? `${reason}-${variant}` : UNDECIDED.reason;
}

/** Whom it was decided for is not in here: one page serves many. The browser's reports are for whoever sends them. */
function decodeOne(slug: string, part: string, names: readonly string[]): ExperimentAnswer | null {
  const end = part.indexOf("-");
  if (end < 0) {
    const reason = UNSERVED_REASONS.find((known) => known === part);
    return reason === undefined ? null : unservedAnswer(slug, reason);
  }
  const reason = SERVED_REASONS.find((known) => known === part.slice(0, end));
  const variant = part.slice(end + 1);
  if (reason === undefined || !names.includes(variant)) return null;
  return {
    ...unservedAnswer(slug, "unavailable"),
    variant,
    reason,
    isControl: variant === names[0],
    isNewAssignment: reason === "allocated",
  };
}

/** Those of people who take part, at their first visit and later. */
function commonCodesOf(variants: (readonly string[])[]): string[] {
  let codes = [""];
  for (const [index, names] of variants.entries()) {
    const parts = names.flatMap((name) => [`allocated-${name}`, `sticky-${name}`]);
    codes = codes.flatMap((code) => parts.map((part) => (index === 0 ? part : `${code}${SEPARATOR}${part}`)));
  }
  return codes.slice(0, MAX_COMMON_CODES);
}
