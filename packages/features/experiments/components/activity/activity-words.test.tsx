import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Json } from "@calcom/lib/json";
import { cleanup } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import type { z } from "zod";
import type { AuditEntry, Difference } from "../../types/activity";
import { experimentConfigSchema } from "../../types/config";
import { listDifferences } from "../../utils/differences";
import { renderIn } from "../testing/in-english";
import { ActivityEntry } from "./ActivityEntry";

afterEach(cleanup);

const MOMENT = "2026-11-20T10:00:00.000Z";

/** What cannot be read from a schema: documents of people's own. */
const documents: Record<string, Json[]> = {
  "variants.0.payload": ["text", { colour: "red", since: "then" }],
  "targetingRules.userAttributes": [
    { country: "DE" },
    { $or: [{ seats: { $gt: 5 } }, { country: { $in: ["DE", "AT"] } }] },
  ],
  convertedFrom: [null, { type: "KILL_SWITCH", metadata: { owner: "web" } }],
  registeredMetrics: [
    null,
    [
      {
        key: "event:clicked",
        role: "guardrail",
        kind: "conversion",
        direction: "increase",
        minimumEffect: null,
        definition: "0302a5",
      },
    ],
  ],
  catalogMetrics: [
    [],
    [
      {
        key: "paid",
        version: 2,
        definition: {
          kind: "conversion",
          name: "Paid",
          direction: "increase",
          minimumEffect: null,
          source: { from: "events", events: ["paid"], take: "count" },
        },
      },
    ],
  ],
  "exclusionGroups.0.ranges.0": [{ from: 0, to: 12.5 }],
};

type Schema = z.core.$ZodType;
type Samples = [path: string, value: Json][];

/** What zod keeps of a schema, of whichever kind. */
interface Definition {
  type: string;
  shape: Record<string, Schema>;
  element: Schema;
  innerType: Schema;
  in: Schema;
  options: Schema[];
  entries: Record<string, string>;
  values: Json[];
}

/** Every path of a schema with a value of each kind that may stand there. */
function samplesOf(schema: Schema, at: string): Samples {
  const known = documents[at];
  if (known !== undefined) return known.map((value) => [at, value]);
  const def = schema._zod.def as unknown as Definition;
  switch (def.type) {
    case "object":
      return Object.entries(def.shape).flatMap(([key, part]) =>
        samplesOf(part, at === "" ? key : `${at}.${key}`),
      );
    case "array":
      return [[at, []], ...samplesOf(def.element, `${at}.0`)];
    case "nullable":
      return [[at, null], ...samplesOf(def.innerType, at)];
    case "default":
    case "optional":
    case "prefault":
      return samplesOf(def.innerType, at);
    case "pipe":
      return samplesOf(def.in, at);
    case "union":
      return def.options.flatMap((option) => samplesOf(option, at));
    case "enum":
      return Object.values(def.entries).map((value) => [at, value]);
    case "literal":
      return def.values.map((value) => [at, value]);
    case "boolean":
      return [true, false].map((value) => [at, value]);
    case "number":
      return [[at, 12]];
    case "string":
      return [[at, /(?:At|asOf)$/.test(at) ? MOMENT : "words"]];
    default:
      throw new Error(`${at} is of the kind ${def.type}: say what may stand there.`);
  }
}

/** The columns of a table whose changes are shown. */
function samplesOfColumns(model: string, leftOut: string[]): Samples {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const schema = readFileSync(path.join(here, "../../../../../prisma/schema.prisma"), "utf8");
  const body = new RegExp(`^model ${model} \\{\\n(.*?)^\\}`, "ms").exec(schema)?.[1] ?? "";
  const columns = [
    ...body.matchAll(/^ {2}(\w+) +(Int|String|Boolean|DateTime|FeatureType|ExperimentRole)\b(?!\[)/gm),
  ];
  expect(columns.length).toBeGreaterThan(2);
  return columns
    .filter(([, name]) => !leftOut.includes(name ?? ""))
    .flatMap(([, name = "", type = ""]): Samples => {
      const members = new RegExp(`^enum ${type} \\{\\n(.*?)^\\}`, "ms").exec(schema)?.[1];
      if (members !== undefined)
        return members
          .trim()
          .split(/\s+/)
          .map((value): [string, Json] => [name, value]);
      if (type === "Boolean")
        return [
          [name, true],
          [name, false],
        ];
      return [[name, type === "Int" ? 12 : type === "DateTime" ? MOMENT : "words"]];
    });
}

const INCIDENTAL = ["version", "updatedAt", "updatedBy", "createdAt"];
const samples: Samples = [
  ...samplesOf(experimentConfigSchema, ""),
  ...samplesOfColumns("Feature", INCIDENTAL),
  ...samplesOfColumns("ExperimentMember", []),
  ["expiresAt", MOMENT],
  // A metric of the catalog.
  ...["draft", "ready", "archived"].map((status): [string, Json] => ["metricStatus", status]),
  ["metricVersion", 2],
  // An early look, and files.
  ["asOf", MOMENT],
  ...["too_early", "before_planned_end", "better"].map((code): [string, Json] => ["verdict", code]),
  ["exposed.control", 1_204],
  ...["activity as CSV", "results as CSV", "results as JSON"].map((text): [string, Json] => [
    "content",
    text,
  ]),
];

const RAW =
  /[a-zäöü][A-Z]|\b[a-z]+_[a-z]+|\b[A-Z]+_[A-Z]+|\d{4}-\d\d-\d\d|\b(?:true|false|null|undefined)\b|[{}[\]]|\$/;
const OTHER = { en: "Other setting", de: "Weitere Einstellung" };

function textOf(locale: "en" | "de", difference: Difference): string {
  const entry: AuditEntry = {
    id: "1",
    at: new Date(MOMENT),
    actor: { id: 1, name: "Ada" },
    actorRole: "app",
    tableName: "Feature",
    slug: "upgrade",
    metricKey: null,
    experimentName: null,
    memberName: null,
    action: "UPDATE",
    differences: [difference],
    isReportLink: false,
    changesMetricsAfterStart: false,
  };
  const { container } = renderIn(locale, <ActivityEntry entry={entry} />);
  const row = container.querySelector("ul li");
  const parts = [...(row?.querySelectorAll("span, del, ins") ?? [])].map(({ textContent }) => textContent);
  // A name of the world's, not of the code's.
  return parts.join(" ").replaceAll("PostHog", "");
}

describe.each(["en", "de"] as const)("in %s", (locale) => {
  test.each(samples)("%s with the value %j is told in words", (path, value) => {
    const text = textOf(locale, { path, before: value, after: value });
    expect(text).not.toBe("");
    expect(text).not.toContain(OTHER[locale]);
    // A document is whatever people have put into it.
    if (typeof value === "object" && path.endsWith("payload")) return;
    expect(text).not.toMatch(RAW);
  });

  test("a draft that is made is told setting by setting, each in words", () => {
    const config = Object.fromEntries(
      Object.entries(experimentConfigSchema.shape).flatMap(([key, part]) => {
        const [first] = samplesOf(part, key).filter(([path, value]) => path === key && value !== null);
        return first === undefined ? [] : [[key, first[1]]];
      }),
    );
    const differences = listDifferences({}, config);
    expect(differences.length).toBeGreaterThan(15);
    for (const difference of differences) {
      const text = textOf(locale, difference);
      expect(text).not.toMatch(RAW);
      cleanup();
    }
  });

  test("what somebody wrote by hand has neither the name nor the moment of the code", () => {
    const text = textOf(locale, { path: "rolloutState.lastSeenAt", before: null, after: MOMENT });
    expect(text).toContain(OTHER[locale]);
    expect(text).not.toMatch(RAW);
  });
});
