import "server-only";
import { experiments, type Identity } from "@calcom/features/experiments/server";
import { env } from "@calcom/lib/env";
import { logger } from "@calcom/lib/logger";
import { isDatabaseAway } from "@calcom/lib/sql";
import { lateFor, within } from "@calcom/lib/within";
import type { NextRequest } from "next/server";
import { checkSession, TOLERATED_MS } from "@/lib/check-session";
import { ownCookies, readValue, readValues } from "@/lib/own-cookies";
import { readOverrides } from "./preview/read-overrides";
import { resolveIdentity } from "./resolve-identity";
import type { StaticPage } from "./static-page";
import { joinVisitorLater } from "./visitor-link";

interface CodeOptions {
  isVisit: boolean;
  /** The visitor was made for this request. */
  isFirstSight?: boolean;
  budgetMs?: number;
}

/**
 * The code of the prerendered page that this request gets. Within EXPERIMENT_BUDGET_MS: past it, and whatever fails,
 * the page shows control, and its code says that nothing was decided, so that the browser neither reports nor asks.
 *
 * Only a visit stores what was decided. Next's prefetches and soft navigations cannot be told apart here: they get
 * what would be stored, and the report that it was seen stores it.
 */
export async function codeFor(
  page: StaticPage,
  request: NextRequest,
  { isVisit, isFirstSight = false, budgetMs = env().EXPERIMENT_BUDGET_MS }: CodeOptions,
): Promise<string> {
  const requests = page.slugs.map((slug) => ({ slug }));
  try {
    const found = await within(budgetMs, identityOf(request), lateFor("The session"));
    const identity = { ...found, isFirstSight };
    if (!isVisit) return page.encode(await experiments().foresee(identity, requests, { budgetMs }));
    joinVisitorLater(identity);
    return page.encode(await experiments().decide(identity, requests, undefined, { budgetMs }));
  } catch (error) {
    // Whether somebody is signed in cannot be known now; that the database is away is logged by who asks it.
    if (isDatabaseAway(error)) return page.encode([]);
    logger.error("A static page shows control: its experiments were not decided", {
      slugs: page.slugs,
      error,
    });
    return page.encode([]);
  }
}

async function identityOf(request: NextRequest): Promise<Identity<number>> {
  const settings = env();
  const session = await checkSession(request.cookies, { tolerateMs: TOLERATED_MS });
  const userId = session?.userId ?? null;
  const identity = await resolveIdentity({
    userId,
    visitorCookies: readValues(request.cookies, ownCookies.visitor),
    consentCookie: readValue(request.cookies, ownCookies.consent),
    headers: request.headers,
    settings,
  });
  return { ...identity, overrides: await readOverrides(request.cookies, userId) };
}
