import type { AccessService, Actor } from "../serve/access.service";
import { CALENDAR_PAGE, type CalendarQuestion, type ExperimentCalendar } from "../types/calendar";
import { startOfMonth } from "../types/months";
import type { CalendarRepository } from "./calendar.repository";

/** Says what ran when. */
export class CalendarService {
  readonly #access: Pick<AccessService, "authorize">;
  readonly #calendar: Pick<CalendarRepository, "list">;

  constructor(access: Pick<AccessService, "authorize">, calendar: Pick<CalendarRepository, "list">) {
    this.#access = access;
    this.#calendar = calendar;
  }

  /**
   * Lists experiments that ran in some months, a page at a time.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`
   */
  async list(
    actor: Actor,
    { month, months, page, ...filter }: CalendarQuestion,
  ): Promise<ExperimentCalendar> {
    await this.#access.authorize(actor, "view");
    const from = startOfMonth(month).toISOString();
    const until = startOfMonth(month, months).toISOString();
    const { rows, ...rest } = await this.#calendar.list({
      ...filter,
      from,
      until,
      limit: CALENDAR_PAGE,
      offset: (page - 1) * CALENDAR_PAGE,
    });
    return { entries: rows, ...rest, from, until };
  }
}
