import { GrowthBookClient } from "@growthbook/growthbook";
import { FlagdCore } from "@openfeature/flagd-core";
import { CONDITION, type Engine, personOf, takeInTurn, VARIANTS, type Workload } from "./workload";

/** GrowthBook's client for servers, by the hash that it recommends; no callback is set, so nothing is tracked. */
export function growthbook({ slugs, people, hasCondition }: Workload): Engine {
  const { plan, countries } = CONDITION;
  const condition = { plan, country: { $in: [...countries] } };
  const client = new GrowthBookClient().initSync({
    payload: {
      features: Object.fromEntries(
        slugs.map((slug) => [
          slug,
          {
            defaultValue: "",
            rules: [
              {
                key: slug,
                seed: slug,
                hashAttribute: "id",
                hashVersion: 2,
                variations: [...VARIANTS],
                weights: [0.5, 0.5],
                coverage: 1,
                ...(hasCondition ? { condition } : {}),
              },
            ],
          },
        ]),
      ),
    },
  });
  const contexts = people.map((attributes) => ({ attributes: { ...attributes } }));
  return (call) => String(client.evalFeature(takeInTurn(slugs, call), personOf(contexts, call)).value);
}

/** flagd's in-process evaluator, with its targeting compiled, as it is by default. */
export function flagd({ slugs, people, hasCondition }: Workload): Engine {
  const { plan, countries } = CONDITION;
  const core = new FlagdCore();
  const halves = {
    fractional: [
      { cat: [{ var: "$flagd.flagKey" }, { var: "targetingKey" }] },
      ...VARIANTS.map((variant) => [variant, 50]),
    ],
  };
  const matched = {
    and: [{ "==": [{ var: "plan" }, plan] }, { in: [{ var: "country" }, countries] }],
  };
  core.setConfigurations(
    JSON.stringify({
      flags: Object.fromEntries(
        slugs.map((slug) => [
          slug,
          {
            state: "ENABLED",
            defaultVariant: "none",
            variants: { none: "", ...Object.fromEntries(VARIANTS.map((variant) => [variant, variant])) },
            targeting: hasCondition ? { if: [matched, halves, "none"] } : halves,
          },
        ]),
      ),
    }),
  );
  const contexts = people.map(({ id, ...attributes }) => ({ targetingKey: id, ...attributes }));
  return (call) => core.resolveStringEvaluation(takeInTurn(slugs, call), "", personOf(contexts, call)).value;
}

/** What somebody would write by hand for these experiments alone: a hash without a seed, halves without weights. */
export function floor({ slugs, people, hasCondition }: Workload): Engine {
  const { plan, countries } = CONDITION;
  const allowed = new Set<string>(countries);
  const prefixes = slugs.map((slug) => fnv1a(`${slug}:`, FNV_OFFSET));
  return (call) => {
    const person = personOf(people, call);
    if (hasCondition && !(person.plan === plan && allowed.has(person.country))) return "";
    return fnv1a(person.id, takeInTurn(prefixes, call)) % 2 === 0 ? VARIANTS[0] : VARIANTS[1];
  };
}

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

function fnv1a(text: string, state: number): number {
  let hash = state;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), FNV_PRIME);
  return hash >>> 0;
}
