import {
  createExperimentsHandler,
  experimentPreviews,
  experimentResults,
  experiments,
  experimentsAdmin,
} from "@calcom/features/experiments/server";
import { appRouter } from "@calcom/trpc/server";
import type { z } from "zod";
import type { Answer } from "./judge";
import { sampleOf } from "./sample-input";
import { knownOf, ORIGIN, type Site } from "./site";

export interface Procedure {
  path: string;
  kind: "query" | "mutation";
  schema: z.ZodType | null;
  /** By which it is called: what other applications mount has a route of its own. */
  door: "trpc" | "json";
}

const ADMINISTRATION = "viewer.admin.experiments.";

/** All of them, as the router has them: a new one is attacked without anybody's doing, at each of its doors. */
export const procedures: Procedure[] = Object.entries(appRouter._def.procedures).flatMap(
  ([path, procedure]) => {
    const { type, inputs } = (
      procedure as unknown as { _def: { type: Procedure["kind"]; inputs: z.ZodType[] } }
    )._def;
    const doors = path.startsWith(ADMINISTRATION) ? (["trpc", "json"] as const) : (["trpc"] as const);
    return doors.map((door) => ({ path, kind: type, schema: inputs[0] ?? null, door }));
  },
);

export async function sampleFor({ path, schema }: Procedure, site: Site): Promise<unknown> {
  const known = await knownOf(site);
  const isOfFlags = path.startsWith("viewer.admin.flags.") || /flagMigration\.(plan|convert)$/.test(path);
  const named = isOfFlags ? { ...known, slug: "a-flag" } : known;
  // What makes something new needs a name that nothing has.
  const isNew = /\.(create)$/.test(path);
  return schema === null ? undefined : sampleOf(schema, isNew ? { ...named, slug: known.newSlug } : named);
}

/** Calls the route as it is, with what JSON can carry. A busy machine may not answer in time, and says so: ask again. */
export async function callProcedure(procedure: Procedure, input: unknown, tries = 4): Promise<Answer> {
  const response =
    procedure.door === "json"
      ? await sendToRoute(procedure, JSON.stringify(input) ?? "")
      : await send(procedure, JSON.stringify({ json: input }));
  if (response.status === 503 && tries > 1) return callProcedure(procedure, input, tries - 1);
  return { status: response.status, text: await response.text() };
}

const HEADERS = {
  host: "localhost:3000",
  "sec-fetch-site": "same-origin",
  "content-type": "application/json",
};

/** As an application calls it that has mounted the module's own route. */
async function sendToRoute({ path }: Procedure, body: string): Promise<Response> {
  const { identityFromRequest } = await import("@/lib/identity");
  const route = createExperimentsHandler({
    experiments: experiments(),
    identify: identityFromRequest,
    administration: () => ({
      admin: experimentsAdmin(),
      results: experimentResults(),
      previews: experimentPreviews(),
    }),
  });
  const url = `${ORIGIN}/api/experiments/admin/${path.slice(ADMINISTRATION.length)}`;
  return route.POST(new Request(url, { method: "POST", headers: HEADERS, body }));
}

async function send({ path, kind }: Procedure, json: string): Promise<Response> {
  const route = await import("@/app/api/trpc/[trpc]/route");
  const url = `${ORIGIN}/api/trpc/${path}`;
  const headers = HEADERS;
  return kind === "query"
    ? route.GET(new Request(`${url}?input=${encodeURIComponent(json)}`, { headers }))
    : route.POST(new Request(url, { method: "POST", headers, body: json }));
}

/** What shows everything that was stored, or all of one experiment. Each has to answer whatever was accepted before. */
export async function readBack(
  slug: string,
  { ofAll = true } = {},
): Promise<[path: string, answer: Answer][]> {
  const reads: [string, unknown][] = [
    ["viewer.admin.experiments.list", { sort: "changed" }],
    ["viewer.admin.experiments.get", { slug }],
    ["viewer.admin.experiments.stats", { slug }],
    ["viewer.admin.experiments.previewLinks.list", { slug }],
    ["viewer.admin.experiments.reports.listLinks", { slug }],
    ["viewer.admin.experiments.reports.export", { slug }],
    ["viewer.admin.experiments.activity", {}],
    ["viewer.admin.experiments.exportActivity", {}],
    ["viewer.admin.experiments.audience.startChecklist", { slug }],
    ["viewer.admin.experiments.results.get", { slug }],
    ["viewer.admin.experiments.metrics.list", undefined],
    ["viewer.admin.experiments.checklist.list", undefined],
    ["viewer.admin.flags.list", undefined],
    ["viewer.admin.flags.schedule.list", { slug: "a-flag" }],
    ["viewer.flags.map", {}],
    ["viewer.experiments.getVariants", { requests: [{ experimentSlug: slug }] }],
    ["viewer.experiments.listActiveExperiments", undefined],
  ];
  return Promise.all(
    reads
      .filter(([, input]) => ofAll || JSON.stringify(input)?.includes(slug))
      .map(async ([path, input]): Promise<[string, Answer]> => {
        const procedure = procedures.find((one) => one.path === path);
        if (procedure === undefined) throw new Error(`There is no ${path}: name what shows what is stored.`);
        return [path, await callProcedure(procedure, input)];
      }),
  );
}
