import "server-only";
import { logger } from "@calcom/lib/logger";
import type { Secrets } from "@calcom/lib/secrets";
import { readVisitor, renewVisitor } from "./lib/visitor-cookie";
import type { ExperimentsService } from "./serve/experiments.service";
import type { HostId } from "./types/host-id";

export interface HandingOverParts {
  secrets(): Secrets;
  hasConsent(headers: Pick<Headers, "get">): Promise<boolean>;
  experiments(): Pick<ExperimentsService, "linkVisitor">;
}

export interface HandingOver {
  /**
   * Joins a browser to the person who signs in. Answer with the `Set-Cookie` header that it returns, if it does: then the
   * browser is somebody else's, whose variants and results stay theirs. Never throws, as no sign-in may fail by it.
   */
  onSignIn(request: { headers: Pick<Headers, "get"> }, userId: HostId): Promise<string | null>;
  /** Prepares a browser for another person: answer with the `Set-Cookie` header that it returns. Never throws. */
  onSignOut(request: { headers: Pick<Headers, "get"> }): Promise<string | null>;
}

/** What an application calls where the person at a browser changes: a browser belongs to the first who signs in. */
export function createHandingOver({ secrets, hasConsent, experiments }: HandingOverParts): HandingOver {
  const cookiesOf = ({ headers }: { headers: Pick<Headers, "get"> }) => headers.get("cookie") ?? "";
  return {
    async onSignIn(request, userId) {
      try {
        if (!(await hasConsent(request.headers))) return null;
        const visitorId = await readVisitor(cookiesOf(request), secrets());
        if (visitorId === null) return null;
        const { isTheirs } = await experiments().linkVisitor(userId, visitorId);
        const renewed = isTheirs ? null : await renewVisitor(cookiesOf(request), secrets());
        if (renewed === null) return null;
        await experiments().linkVisitor(userId, renewed.id);
        return renewed.setCookie;
      } catch (error) {
        logger.warn("The visitor was not joined to the person who signed in", { userId, error });
        return null;
      }
    },
    async onSignOut(request) {
      try {
        return (await renewVisitor(cookiesOf(request), secrets()))?.setCookie ?? null;
      } catch (error) {
        logger.warn("The visitor cookie was not renewed after signing out", { error });
        return null;
      }
    },
  };
}
