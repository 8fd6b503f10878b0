import { ExperimentError } from "../types/errors";
import type { HostId } from "../types/host-id";
import { KEPT_VARIANTS } from "../utils/former-flag";
import type { Decided } from "./answer";
import type { ConfigCache } from "./config/config-cache";
import type { Decider } from "./decider";
import type { MembershipsRepository } from "./memberships.repository";
import type { DecisionRequest } from "./subject";

/** For whom code asks a flag. With a team only that team counts, and only if the user has joined it. */
export interface FlagAsker {
  userId: HostId | null;
  teamId?: HostId | null;
  /** False only where consent is required and was not given. */
  hasConsent?: boolean;
}

export interface FlagAnswersParts {
  configs: Pick<ConfigCache, "getMany" | "all" | "stamp">;
  memberships: MembershipsRepository;
  decider: Decider;
}

/** Answers code that still asks the flag, once that has become an experiment: the same as code that asks for it. */
export function createFlagAnswers({ configs, memberships, decider }: FlagAnswersParts) {
  let former: { stamp: string; slugs: string[] } | null = null;

  return {
    /**
     * Says of each slug that is, or was, a flag whether it is on; others are absent. Named flags are decided, rows
     * included; where none are named nothing is written, and what would be drawn at random is off.
     *
     * @param readPlain reads what plain flags answer, within the same time; they are among the answers
     * @throws ExperimentError `unavailable`
     */
    async answerFlags(
      asker: FlagAsker,
      slugs: readonly string[] | null,
      readPlain: () => Promise<Readonly<Record<string, boolean>>> = async () => ({}),
    ): Promise<Record<string, boolean>> {
      const known = await readPlain();
      return { ...known, ...(await answerFormer(asker, slugs, known)) };
    },
  };

  async function answerFormer(
    asker: FlagAsker,
    slugs: readonly string[] | null,
    known: Readonly<Record<string, boolean>>,
  ): Promise<Record<string, boolean>> {
    const missing = (slugs ?? (await listFormer())).filter((slug) => !Object.hasOwn(known, slug));
    if (missing.length === 0) return {};
    const experiments = await configs.getMany(missing);
    const asked = missing.filter((_, index) => experiments[index]?.flag != null);
    if (asked.length === 0) return {};
    const { userId, hasConsent = true } = asker;
    const identity = { userId, visitorId: null, isBot: false, hasConsent, address: null };
    const team = await findTeam(asker);
    const decided = await decider.decide(
      identity,
      asked.map((slug) => ({ slug, ...team })),
      { isVouchedFor: true, isOfFlag: true, isDry: slugs === null },
    );
    return Object.fromEntries(asked.map((slug, index) => [slug, isOn(decided[index])]));
  }

  async function listFormer(): Promise<string[]> {
    const stamp = await configs.stamp();
    if (former?.stamp !== stamp) {
      const all = await configs.all();
      former = { stamp, slugs: all.filter(({ flag }) => flag !== null).map(({ slug }) => slug) };
    }
    return former.slugs;
  }

  async function findTeam({ userId, teamId }: FlagAsker): Promise<Omit<DecisionRequest, "slug">> {
    if (teamId == null) return {};
    if (userId === null) return { teamId };
    const joined = await memberships.find(userId, [teamId]);
    return joined.has(teamId) ? { teamId } : { foreignTeamId: teamId };
  }
}

function isOn(decided: Decided | undefined): boolean {
  if (decided === undefined || decided.answer.variant === null) {
    if (decided?.answer.reason !== "unavailable") return false;
    throw new ExperimentError("unavailable", "The database isn’t responding. Try again in a moment.");
  }
  const isDrawn = decided.row === "wanted" && decided.answer.assignmentType === "random";
  return !isDrawn && decided.answer.variant !== KEPT_VARIANTS.off;
}
