import type { HostId } from "../types/host-id";
import type { RowMemory } from "./row-memory";
import type { VisitorLinksRepository } from "./visitor-links.repository";

/** Joins browsers to the people who use them. Other nodes are notified; this one forgets before it answers any request. */
export function createVisitors(links: VisitorLinksRepository, memory: Pick<RowMemory, "forget">) {
  return {
    /**
     * Links a browser to the person who signed in with it, for good. `isTheirs` is false if it was linked to somebody
     * else before: then it needs a new visitor.
     */
    async linkVisitor(userId: HostId, visitorId: string): Promise<{ isTheirs: boolean }> {
      try {
        return { isTheirs: (await links.link(visitorId, userId)) === userId };
      } finally {
        memory.forget(`visitor ${visitorId}`);
        memory.forget(`person ${userId}`);
      }
    },

    /** Whether somebody else has signed in with this browser before: then it needs a new visitor. */
    async isOthersVisitor(userId: HostId, visitorId: string): Promise<boolean> {
      const owner = await links.findOwner(visitorId);
      return owner !== null && owner !== userId;
    },

    /** Forgets a browser when consent is withdrawn. Its links and ids are deleted; what was counted stays counted. */
    async forgetVisitor(visitorId: string): Promise<void> {
      try {
        await links.forget(visitorId);
      } finally {
        memory.forget(`visitor ${visitorId}`);
      }
    },
  };
}
