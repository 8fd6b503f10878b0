import { sentence } from "@calcom/lib/sentence";
import { ExperimentError } from "../types/errors";
import { type HostId, parseHostId } from "../types/host-id";
import type { ExperimentRole } from "../types/roles";
import { createHostIds, type HostIds } from "../utils/host-ids";
import { allows, type Permission, permissionsOf } from "../utils/permissions";
import type { Member, MembersRepository, Standing } from "./members.repository";

/** The acting person, from the session. Their role is read from the database at each call. */
export interface Actor {
  userId: HostId | null;
}

/** Authorisation: every service asks here first, so that no door is weaker than another. */
export class AccessService {
  readonly #members: MembersRepository;
  readonly #ids: HostIds;

  constructor(members: MembersRepository, ids: HostIds = createHostIds()) {
    this.#members = members;
    this.#ids = ids;
  }

  /** Null for people without a role for experiments. */
  async roleOf(actor: Actor): Promise<ExperimentRole | null> {
    const standing = await this.#standing(this.#idOf(actor));
    return standing && rightOf(standing);
  }

  /**
   * Who the actor is, and what they may do.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`
   */
  async standing(actor: Actor): Promise<{ userId: HostId; role: ExperimentRole; permissions: Permission[] }> {
    const userId = await this.authorize(actor, "view");
    const standing = await this.#members.standing(userId);
    const role = (standing && rightOf(standing)) ?? "viewer";
    return { userId, role, permissions: permissionsOf(role, standing?.isSystemAdmin ?? false) };
  }

  /** Whether `authorize` would allow it. For answers that show less to people with fewer rights. */
  async may(actor: Actor, permission: Permission): Promise<boolean> {
    const standing = await this.#standing(this.#idOf(actor));
    const role = standing && rightOf(standing);
    return standing !== null && (standing.isSystemAdmin || (role !== null && allows(role, permission)));
  }

  /**
   * Returns the actor's id.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`
   */
  async authorize(actor: Actor, permission: Permission): Promise<HostId> {
    const id = this.#idOf(actor);
    const standing = await this.#standing(id);
    if (id === null || standing === null) throw new ExperimentError("not_signed_in", "Sign in to do this.");
    const role = rightOf(standing);
    if (!standing.isSystemAdmin && (role === null || !allows(role, permission)))
      throw new ExperimentError("not_allowed", refusals[permission], { details: { permission, role } });
    return id;
  }

  /**
   * Everybody with a role for experiments.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`
   */
  async members(actor: Actor): Promise<Member[]> {
    await this.authorize(actor, "govern");
    return this.#members.list();
  }

  /**
   * Gives a role to the person with this address, or takes it away where the role is null.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`; `not_found` where nobody has that address
   */
  async setRole(
    actor: Actor,
    { email, role }: { email: string; role: ExperimentRole | null },
  ): Promise<Member[]> {
    const actorId = await this.authorize(actor, "govern");
    if (!(await this.#members.setRole(actorId, email, role)))
      throw new ExperimentError(
        "not_found",
        sentence("No user has the address {{email}}. Ask them to sign up first.", { email }),
        { field: "email" },
      );
    return this.#members.list();
  }

  #idOf({ userId }: Actor): HostId | null {
    // A session with an impossible id belongs to nobody.
    return parseHostId(this.#ids.types.users, userId);
  }

  async #standing(id: HostId | null): Promise<Standing | null> {
    return id === null ? null : this.#members.standing(id);
  }
}

/** Administrators of the whole application are so of experiments too. */
export function rightOf({ isSystemAdmin, role }: Standing): ExperimentRole | null {
  return isSystemAdmin ? "admin" : role;
}

const refusals: Record<Permission, string> = {
  view: "You need an experiment role to see this. Ask an administrator for one.",
  edit: "Viewers can’t change experiments. Ask an administrator for the Editor role.",
  run: "Viewers can’t start or pause experiments. Ask an administrator for the Editor role.",
  decide: "Only experiment admins can conclude, archive or delete experiments, or view results early.",
  govern: "Only experiment admins can manage roles.",
  convert: "Only app administrators can change flags, or convert them to experiments and back.",
};
