import type { ErasureRepository } from "./erasure.repository";
import type { NamedSubject } from "./identity";
import type { RowMemory } from "./row-memory";
import type { VisitorLinksRepository } from "./visitor-links.repository";

export interface ErasureParts {
  erasure: ErasureRepository;
  visitorLinks: Pick<VisitorLinksRepository, "forget">;
  memory: Pick<RowMemory, "forget">;
}

/** Erases people, for hosts whose database does not do so by foreign keys. */
export function createErasure({ erasure, visitorLinks, memory }: ErasureParts) {
  return {
    /**
     * Forgets a user with all of their browsers, a team or a visitor: ids, links, facts and keys go, and what was counted
     * stays counted. Call it where your application erases them. Repeating it is harmless.
     *
     * @throws ExperimentError `invalid_id`, `unavailable`
     */
    async forgetSubject(subject: NamedSubject): Promise<void> {
      try {
        if ("userId" in subject) await erasure.forgetUser(subject.userId);
        if ("teamId" in subject) await erasure.forgetTeam(subject.teamId);
        if ("visitorId" in subject) await visitorLinks.forget(subject.visitorId);
      } finally {
        // Other nodes are notified; this node forgets before it answers any request.
        if ("userId" in subject)
          for (const kind of ["user", "person"]) memory.forget(`${kind} ${subject.userId}`);
        if ("teamId" in subject) memory.forget(`team ${subject.teamId}`);
        if ("visitorId" in subject) memory.forget(`visitor ${subject.visitorId}`);
      }
    },
  };
}
