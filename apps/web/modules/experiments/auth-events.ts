import "server-only";
import type { Visitor } from "@calcom/features/experiments";
import { experiments, type Identity } from "@calcom/features/experiments/server";
import { env } from "@calcom/lib/env";
import { logger } from "@calcom/lib/logger";
import { cookies, headers } from "next/headers";
import { ownCookies, readValue, readValues, replaceCookie } from "@/lib/own-cookies";
import { hasConsented } from "@/modules/consent/consent-choice";
import { newVisitor, readVisitorId } from "./visitor-cookie";

/** Joins the visitor to the person. Never throws: a login must not fail by an experiment. */
export async function onSignIn({ userId }: { userId: number }): Promise<void> {
  try {
    const visitorId = await currentVisitorId();
    if (visitorId === null) return;
    const { isTheirs } = await experiments().linkVisitor(userId, visitorId);
    // A shared browser: what its former person saw stays with that person.
    if (!isTheirs) await experiments().linkVisitor(userId, (await rotate()).id);
  } catch (error) {
    // The pages of a signed-in person try again.
    logger.warn("The visitor was not joined to the person who signed in", { userId, error });
  }
}

/**
 * Gives the browser a new visitor ID if its own belongs to another person. Needed where signing in failed to do so.
 *
 * @throws ExperimentError `unavailable`
 */
export async function replaceOthersVisitor({ userId, visitorId }: Identity<number>): Promise<void> {
  if (userId === null || visitorId === null) return;
  if (await experiments().isOthersVisitor(userId, visitorId)) await rotate();
}

/** Prepares the browser for another person. Never throws. */
export async function onSignOut(): Promise<void> {
  try {
    if ((await currentVisitorId()) !== null) await rotate();
  } catch (error) {
    logger.warn("The visitor cookie was not renewed after signing out", { error });
  }
}

/** Without consent there is none, whatever an older cookie says: nothing is joined, and nothing new is made. */
async function currentVisitorId(): Promise<string | null> {
  const jar = await cookies();
  if (!hasConsented(readValue(jar, ownCookies.consent), await headers(), env().CONSENT_MODE)) return null;
  return readVisitorId(readValues(jar, ownCookies.visitor), env());
}

async function rotate(): Promise<Visitor> {
  const visitor = await newVisitor();
  replaceCookie(await cookies(), ownCookies.visitor, visitor.cookie);
  return visitor;
}
