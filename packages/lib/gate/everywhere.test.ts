import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../../..");

/** What takes values from outside, beside the gate itself. */
const product = [
  "apps/web",
  "packages/features",
  "packages/lib",
  "packages/trpc",
  "packages/scripts/src",
].flatMap((dir) =>
  readdirSync(path.join(root, dir), { recursive: true, encoding: "utf8" }).map((file) =>
    path.join(dir, file),
  ),
);
const notProduct =
  /node_modules|\.next\/|\.d\.ts$|\.test(-d)?\.|\/testing\/|\/examples\/|\/playwright\/|packages\/lib\/(gate\/|json\.ts)/;
/** Tools that read what other tools write. */
const tools = /packages\/scripts\/src\/(?!experiments\/|simulate\/traffic\/|create-admin)|next\.config\.ts/;

const sources = product.filter((file) => /\.tsx?$/.test(file) && !notProduct.test(file) && !tools.test(file));

/** What lets a value in unchecked, and where that is right all the same, with the reason. */
const raw: [what: string, pattern: RegExp, allowed: Record<string, string>][] = [
  [
    "a schema of a text, number, date or document that is not the gate's",
    /\bz\s*\.\s*(?:string|number|bigint|int|record|unknown|any|json|date|coerce|custom|email|url|uuid|guid|iso)\b/,
    {
      "packages/lib/env.ts": "the environment, which whoever runs the server writes",
      "packages/features/experiments/metrics/define-metric.ts": "code that is reviewed",
      "packages/features/experiments/metrics/define-source.ts": "code that is reviewed",
      "packages/features/experiments/lib/conditions/schema.ts": "a walk of its own, by the rules of the gate",
    },
  ],
  ["JSON that nothing has checked", /\bJSON\s*\.\s*parse\b|\brequest\.json\(/, {}],
  ["a form that no schema has checked", /\bformData\b|\.formData\(\)/, {}],
  [
    "an address that is taken apart",
    /\bsearchParams\b/,
    {
      "packages/scripts/src/simulate/traffic/guard.ts":
        "the address of a database, which whoever runs the command writes",
      "apps/web/app/(auth)/login/page.tsx": "through ownPath",
      "apps/web/app/(auth)/signup/page.tsx": "through ownPath",
      "apps/web/app/(use-page-wrapper)/settings/(admin-layout)/admin/experiments/-/calendar/page.tsx":
        "through readCalendarQuery",
      "apps/web/app/(use-page-wrapper)/settings/(admin-layout)/admin/experiments/-/people/page.tsx":
        "through readPersonQuery",
      "apps/web/app/(use-page-wrapper)/settings/(admin-layout)/admin/experiments/page.tsx":
        "through readListQuery",
      "apps/web/app/(use-page-wrapper)/settings/(admin-layout)/admin/flags/page.tsx": "through readFlagQuery",
      "apps/web/app/api/experiments/preview/route.ts": "through a schema of the gate",
      "apps/web/app/api/experiments/preview/enter/route.ts": "through pageOf, and PreviewService.enter",
      "apps/web/modules/experiments/preview/preview-entry.ts": "names alone are compared",
      "apps/web/modules/experiments/preview/preview-page.ts": "written, and read as a page of this site",
      "apps/web/modules/experiments/analytics-relay.ts": "by a list of names and a pattern",
    },
  ],
];

test("looks at the sources", () => expect(sources.length).toBeGreaterThan(400));

test.each(raw)("nothing lets in %s", (_, pattern, allowed) => {
  const found = sources.filter((file) =>
    pattern.test(withoutComments(readFileSync(path.join(root, file), "utf8"))),
  );
  // What is allowed and gone is taken off the list.
  expect(found.sort()).toEqual(Object.keys(allowed).sort());
});

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g, "");
}
