import "server-only";
import { answerOwnPages, NEVER_STORED, refuse, takeJson } from "@calcom/lib/json-endpoint";
import { z } from "zod";
import type { AdminServices, ExperimentsAdmin } from "./admin-services";
import { createHealth } from "./create-health";
import { createAdminProcedures } from "./procedures/admin-procedures";
import { answerCall } from "./procedures/answer-call";
import type { Procedures } from "./procedures/procedure";
import type { ResultsService } from "./results/recount/results.service";
import type { ExperimentsService } from "./serve/experiments.service";
import type { Identity } from "./serve/identity";
import { needsOwnVisitor } from "./serve/own-visitor";
import type { PreviewService } from "./serve/preview.service";
import { knownSlugSchema } from "./types/names";
import { claimsSchema, conversionsSchema, exposuresSchema, MAX_BATCH } from "./types/reports";

export interface HandlerParts {
  experiments: Pick<ExperimentsService, "decide" | "recordExposures" | "recordConversions"> &
    // Without the stamp, providers in layouts go on showing what they showed.
    Partial<Pick<ExperimentsService, "stamp" | "isOthersVisitor">>;
  /** Says who a request comes from, by the session and the visitor's cookie. `identify` does this. */
  identify(request: Request): Promise<Identity>;
  /** The header that gives a browser a new visitor, in the place of somebody else's; null where it has none. */
  replaceVisitor?(request: Request): Promise<string | null>;
  /** The services behind the pages of the administration, if these are mounted. They check permissions themselves. */
  administration?(): { admin: ExperimentsAdmin; results: ResultsService; previews: PreviewService };
  /** The procedures of flags, if these are administered too. Only administrators of the application may call them. */
  flags?: Procedures;
  /** Lists what keeps the module from working, one sentence each, for `…/health`, which logs it and tells nobody. */
  findFaults?(): Promise<string[]>;
}

/** Five times the size of fifty reports. */
const MAX_BODY_BYTES = 64 * 1024;

const questionsSchema = z.object({
  requests: z
    .array(claimsSchema.extend({ slug: knownSlugSchema }))
    .min(1)
    .max(MAX_BATCH),
});

/**
 * The route of an application: answers what the hooks' `createTransport` sends, by the last part of the path. It takes
 * JSON from the same origin only.
 *
 * ```ts
 * // app/api/experiments/[...path]/route.ts
 * export const { GET, POST } = createExperimentsHandler({ experiments, identify });
 * ```
 */
export function createExperimentsHandler(parts: HandlerParts): {
  GET(request: Request): Promise<Response>;
  POST(request: Request): Promise<Response>;
} {
  const { experiments, identify, findFaults } = parts;
  const answerHealth = findFaults === undefined ? null : createHealth(findFaults);
  const doors: Record<string, (request: Request) => Promise<Response>> = {
    answers: (request) =>
      takeJson(request, { schema: questionsSchema, maxBytes: MAX_BODY_BYTES }, async ({ requests }) => {
        const identity = await identify(request);
        const answers = await experiments.decide(identity, requests);
        const headers = await headersFor(request, needsOwnVisitor(identity, answers));
        return Response.json({ answers }, { headers });
      }),
    // A page cannot write the cookie that it turned out to need.
    visitor: async (request) => {
      const { userId, visitorId } = await identify(request);
      const isOthers =
        userId !== null && visitorId !== null && (await experiments.isOthersVisitor?.(userId, visitorId));
      return new Response(null, { status: 204, headers: await headersFor(request, isOthers === true) });
    },
    exposures: (request) =>
      takeJson(request, { schema: exposuresSchema, maxBytes: MAX_BODY_BYTES }, async ({ exposures }) => {
        await experiments.recordExposures(await identify(request), exposures);
        return new Response(null, { status: 204, headers: NEVER_STORED });
      }),
    conversions: (request) =>
      takeJson(request, { schema: conversionsSchema, maxBytes: MAX_BODY_BYTES }, async ({ conversions }) => {
        await experiments.recordConversions(await identify(request), conversions);
        return new Response(null, { status: 204, headers: NEVER_STORED });
      }),
  };
  const call = createCall(parts);
  async function headersFor(request: Request, isOthersVisitor: boolean): Promise<Headers> {
    const headers = new Headers(NEVER_STORED);
    const cookie = isOthersVisitor ? await parts.replaceVisitor?.(request) : null;
    if (cookie) headers.append("set-cookie", cookie);
    return headers;
  }
  return {
    async GET(request) {
      const name = nameIn(request);
      if (name === "health" && answerHealth !== null) return answerHealth();
      if (name === "stamp" && experiments.stamp !== undefined) return answerStamp(request, experiments.stamp);
      return refuse(404, "not_found", "There is nothing at this address.");
    },
    async POST(request) {
      const [before, name = ""] = new URL(request.url).pathname.split("/").slice(-2);
      if (before === "admin" && call !== null) return call(name, request);
      const door = Object.hasOwn(doors, name) ? doors[name] : undefined;
      if (door === undefined) return refuse(404, "not_found", "There is nothing at this address.");
      return answerOwnPages(request, "A request of a browser was not answered", () => door(request));
    },
  };
}

/** Names the state of all configurations, for pages that stay open. */
function answerStamp(request: Request, stamp: () => Promise<string>): Promise<Response> {
  return answerOwnPages(request, "A page was not told whether an experiment has changed", async () =>
    Response.json({ stamp: await stamp() }, { headers: NEVER_STORED }),
  );
}

/** Answers the pages of the administration, such as `…/admin/audience.count`. */
function createCall({ administration, flags, identify }: HandlerParts) {
  if (administration === undefined) return null;
  const services: AdminServices = {
    admin: () => administration().admin,
    results: () => administration().results,
    previews: () => administration().previews,
  };
  const procedures = { ...createAdminProcedures(services), ...(flags === undefined ? {} : { flags }) };
  return (path: string, request: Request) =>
    answerCall(procedures, {
      path,
      request,
      actor: () => identify(request),
      authorize: (actor) =>
        services.admin().access.authorize(actor, path.startsWith("flags.") ? "convert" : "view"),
    });
}

function nameIn({ url }: Request): string {
  return new URL(url).pathname.split("/").at(-1) ?? "";
}
