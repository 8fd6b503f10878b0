import pg from "pg";
import { abandon, type Breaker, type Watched } from "./breaker";
import { DatabaseSilent } from "./sql";

type Callback = (error: Error | null, result?: unknown) => void;

/** A class of connections for a pool, all of which `breaker` watches. */
export function watchedBy(breaker: Breaker): new (config?: string | pg.ClientConfig) => pg.Client {
  return class WatchedClient extends pg.Client implements Watched {
    since: number | null = null;

    constructor(config?: string | pg.ClientConfig) {
      super(config);
      this.on("drain", () => {
        breaker.hear();
        this.since = null;
      });
      this.on("end", () => {
        this.since = null;
        breaker.forget(this);
      });
    }

    abandon(): void {
      abandon(this);
    }

    // As pg has it: with a callback, or with a promise.
    // biome-ignore lint/suspicious/noExplicitAny: pg declares both with overloads that no implementation can satisfy.
    override connect(callback?: any): any {
      if (breaker.isOpen) return refuse(callback);
      breaker.watch(this);
      this.#wait();
      const connected = (error: Error | null) => {
        this.since = null;
        if (error !== null) breaker.forget(this);
      };
      if (callback === undefined)
        return super.connect().then(
          (client) => {
            connected(null);
            return client;
          },
          (error) => {
            connected(error);
            throw error;
          },
        );
      super.connect((error: Error | null) => {
        connected(error ?? null);
        callback(error ?? null);
      });
    }

    // biome-ignore lint/suspicious/noExplicitAny: the same.
    override query(...args: any[]): any {
      const callback = args.findLast((one) => typeof one === "function") as Callback | undefined;
      const isOwn = typeof args[0]?.submit === "function";
      if (breaker.isOpen && !isOwn) return refuse(callback);
      this.#wait();
      return Reflect.apply(super.query, this, args);
    }

    #wait(): void {
      this.since ??= performance.now();
      breaker.expect();
    }
  };
}

function refuse(callback: Callback | undefined): Promise<never> | undefined {
  const silent = new DatabaseSilent();
  if (callback === undefined) return Promise.reject(silent);
  process.nextTick(callback, silent);
  return undefined;
}
