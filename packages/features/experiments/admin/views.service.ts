import { sentence } from "@calcom/lib/sentence";
import type { AccessService, Actor } from "../serve/access.service";
import { ExperimentError } from "../types/errors";
import { listFilterSchema, MAX_VIEWS, type SavedView } from "../types/views";
import type { HostIds } from "../utils/host-ids";
import type { ViewsRepository } from "./views.repository";

/** The filters of the list that a person has saved. Nobody sees those of another person. */
export class ViewsService {
  readonly #access: Pick<AccessService, "authorize">;
  readonly #views: ViewsRepository;

  readonly #ids: HostIds;

  constructor(access: Pick<AccessService, "authorize">, views: ViewsRepository, ids: HostIds) {
    this.#access = access;
    this.#views = views;
    this.#ids = ids;
  }

  /** Leaves out views whose stored filter cannot be read. @throws ExperimentError `not_signed_in`, `not_allowed` */
  async list(actor: Actor): Promise<SavedView[]> {
    const userId = await this.#access.authorize(actor, "view");
    const rows = await this.#views.list(userId);
    return rows.flatMap(({ name, filter, ownerId }) => {
      const { data } = listFilterSchema.safeParse(filter);
      return data === undefined ? [] : { name, filter: { ...data, ...(ownerId !== null && { ownerId }) } };
    });
  }

  /** Returns all of them. One of the same name is replaced. @throws ExperimentError as `list`; `invalid_config` of too many */
  async save(actor: Actor, { name, filter }: SavedView): Promise<SavedView[]> {
    const userId = await this.#access.authorize(actor, "view");
    const { ownerId, ...others } = filter;
    const kept =
      ownerId === undefined ? others : { ...others, ownerId: this.#ids.user(ownerId, "filter.ownerId") };
    if (!(await this.#views.save(userId, name, kept, MAX_VIEWS)))
      throw new ExperimentError(
        "invalid_config",
        sentence("You can save {{most}} views. Delete one first.", { most: MAX_VIEWS }),
        { field: "name" },
      );
    return this.list(actor);
  }

  /** Returns those that are left. @throws ExperimentError as `list` */
  async delete(actor: Actor, name: string): Promise<SavedView[]> {
    const userId = await this.#access.authorize(actor, "view");
    await this.#views.delete(userId, name);
    return this.list(actor);
  }
}
