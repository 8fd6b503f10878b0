import type { VisitorLinksRepository } from "./visitor-links.repository";

/** Joins browsers to the people who use them. */
export function createVisitors(links: VisitorLinksRepository) {
  return {
    /**
     * Links a browser to the person who signed in with it, for good. `isTheirs` is false if it was linked to somebody
     * else before: then it needs a new visitor.
     */
    async linkVisitor(userId: number, visitorId: string): Promise<{ isTheirs: boolean }> {
      return { isTheirs: (await links.link(visitorId, userId)) === userId };
    },

    /** Forgets a browser when consent is withdrawn. Its links and ids are deleted; what was counted stays counted. */
    async forgetVisitor(visitorId: string): Promise<void> {
      await links.forget(visitorId);
    },
  };
}
