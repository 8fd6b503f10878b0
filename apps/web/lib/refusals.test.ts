import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { asRefusal, say, sentence } from "@calcom/lib/sentence";
import { describe, expect, test } from "vitest";
import germanRefusals from "@/public/static/locales/de/refusals.json";
import { localeOf } from "./i18n-server";

const root = path.resolve(import.meta.dirname, "../../..");
const german: Record<string, string> = germanRefusals;
const keys = Object.keys(german);

/** Sentences that developers, operators and the log read: those stay English. */
const forDevelopers = [
  "auth/lib/server/password.ts",
  "experiments/context/",
  "experiments/serve/crediting.service.ts",
  "experiments/serve/credits.repository.ts",
  "experiments/serve/decide",
  "experiments/examples/",
  "experiments/lib/client/",
  // Who starts the application reads it.
  "experiments/lib/experiment-factory.ts",
  "experiments/lib/server/",
  "experiments/serve/answer.ts",
  "experiments/serve/enrolment-limiter.ts",
  "experiments/serve/identity.ts",
  "experiments/serve/server-conversion.ts",
  "experiments/serve/subject.ts",
  "experiments/serve/config/",
  "experiments/sql/coalescer.ts",
  // Who installs the module elsewhere reads them in a terminal.
  "experiments/sql/host-ids.ts",
  "experiments/sql/host-values.ts",
  "experiments/sql/host-views.ts",
  "experiments/sql/module-version.ts",
  "experiments/create-experiments.ts",
  "experiments/sql/drizzle-journal.ts",
  "experiments/open-experiments.ts",
  "experiments/sql/module-sql.ts",
  "experiments/sql/written-migrations.ts",
  "experiments/cli.ts",
  "experiments/doctor.ts",
  "experiments/create-handler.ts",
  "experiments/create-health.ts",
  "experiments/procedures/answer-call.ts",
  // What these say is told in the words of the pages.
  "experiments-admin/api/",
  "experiments-admin/mount/call-route.ts",
  "experiments/results/recount/results-refresher.ts",
  "experiments/results/recount/log-faulty-metrics.ts",
  "experiments/serve/lookup.service.ts",
  "experiments/metrics/define-",
  "experiments/metrics/registry.ts",
  "experiments/serve/own-visitor.ts",
  "experiments/serve/recording.service.ts",
  "experiments/serve/reported-conversions.ts",
  "experiments/results/fold",
  "experiments/admin/schedule.service.ts",
  "flags/schedule/schedule-runner.ts",
  "experiments/results/recount/tell-verification.ts",
  "experiments/results/recount/verif",
  "experiments/results/verif",
  "experiments/serve/track-conversion.ts",
  "experiments/utils/variant-assignment.ts",
];

const GATE = readdirSync(path.join(root, "packages/lib/gate")).map((file) => `gate/${file}`);

const texts = ["packages/features", "packages/trpc/server"]
  .flatMap((dir) =>
    readdirSync(path.join(root, dir), { recursive: true, encoding: "utf8" }).map((file) => ({ dir, file })),
  )
  .concat(
    ["changed-meanwhile.ts", "errors.ts", "issue.ts", ...GATE].map((file) => ({ dir: "packages/lib", file })),
  )
  .filter(
    ({ file }) => file.endsWith(".ts") && !/\.test\.|test-d|testing\/|components\/|node_modules/.test(file),
  )
  .filter(({ file }) => !forDevelopers.some((part) => file.startsWith(part)))
  .flatMap(({ dir, file }) => refusalsIn(readFileSync(path.join(root, dir, file), "utf8"), file));

/** Whole sentences, and the parts of one: those are all that the inspection of conditions has. */
function refusalsIn(source: string, file: string): { file: string; text: string }[] {
  const isPart = /conditions\/(inspect|inspection|pattern)\.ts$/.test(file) ? /^[a-z{].* / : null;
  const literals = [...source.matchAll(/"([^"\n]*)"|'([^'\n]*)'|`([^`\n]*)`/g)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? "",
  );
  const made = [...source.matchAll(/\bsentence\(\s*["'`]([^"'`]+)/g)].map(([, text = ""]) => text);
  return [...literals.filter((text) => /^[A-Z{$].* .*[.?]$/.test(text) || isPart?.test(text)), ...made].map(
    (text) => ({
      file,
      text,
    }),
  );
}

/** A constant in a template is known by its value. */
function toPattern(text: string): RegExp {
  const parts = text.split(/\$\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^{}]+")}$`);
}

describe("what is refused", () => {
  test("is said in German as well, sentence by sentence", () => {
    expect(texts.length).toBeGreaterThan(100);
    expect(texts.filter(({ text }) => !keys.some((key) => toPattern(text).test(key)))).toEqual([]);
  });

  test("has no translation left over from a sentence that is gone", () => {
    const patterns = texts.map(({ text }) => toPattern(text));
    expect(keys.filter((key) => !patterns.some((pattern) => pattern.test(key)))).toEqual([]);
  });

  test("names the same variables in German", () => {
    const variablesOf = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();
    expect(keys.filter((key) => `${variablesOf(key)}` !== `${variablesOf(german[key] ?? "")}`)).toEqual([]);
  });

  test("holds what somebody typed as it is, whatever it looks like", () => {
    const taken = sentence("The slug {{slug}} is taken. Choose another one.", { slug: "{{x}} $t(save)" });
    const refusal = asRefusal(taken);
    expect(say(localeOf("de").t, refusal)).toBe(
      "Der Slug {{x}} $t(save) ist vergeben. Wählen Sie einen anderen.",
    );
    expect(say(localeOf("en").t, refusal)).toBe("The slug {{x}} $t(save) is taken. Choose another one.");
    expect(say(localeOf("de").t, { message: "{{x}} $t(save)" })).toBe("{{x}} $t(save)");
  });
});
