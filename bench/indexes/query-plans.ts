import { mkdir, writeFile } from 'node:fs/promises';
import { CompiledQuery, type Kysely } from 'kysely';

/** Collects the query plans of a run and saves them beside its results. */
export type QueryPlans = {
  /** Explains the statement; throws unless its plan uses exactly these indexes in this order. */
  add<Tables>(
    db: Kysely<Tables>,
    name: string,
    query: CompiledQuery,
    indexes: readonly (string | null)[],
  ): Promise<void>;
  /** Explains the statement and returns the indexes of its plan in their order. */
  explain<Tables>(
    db: Kysely<Tables>,
    name: string,
    query: CompiledQuery,
  ): Promise<readonly (string | null)[]>;
  /** Writes `plans/<prefix><date>.txt` and returns its path. */
  save(heading: readonly string[]): Promise<string>;
};

const FOLDER = new URL('./plans/', import.meta.url);
const PARAMETERS_MAX = 6;

/** `prefix` begins the name of the file. */
export function createQueryPlans(prefix = ''): QueryPlans {
  const sections: string[] = [];
  return {
    async add(db, name, query, indexes) {
      const used = await this.explain(db, name, query);
      if (used.join() !== indexes.join())
        throw new Error(`${name} reads by ${used.join(', ')} instead of ${indexes.join(', ')}`);
    },
    async explain(db, name, { sql, parameters }) {
      const explain = async <Row>(how: string) => {
        const query = CompiledQuery.raw(`explain ${how} ${sql}`, [...parameters]);
        return (await db.executeQuery(query)).rows as Row[];
      };
      const steps = await explain<{ key: string | null }>('format = traditional');
      // MySQL analyzes only SELECT statements; for others the file has the plan without times.
      const isChange = !sql.trimStart().startsWith('select');
      const plan = isChange
        ? JSON.stringify(steps, null, 2)
        : Object.values((await explain<Record<string, string>>('analyze'))[0]!)[0]!;
      const values = parameters.slice(0, PARAMETERS_MAX).map((value) => JSON.stringify(value));
      sections.push(
        [
          `== ${name}`,
          `${sql};`,
          ...(values.length > 0 ? [`-- ${values.join(', ')}`] : []),
          plan.trimEnd(),
          '',
        ].join('\n'),
      );
      return steps.map(({ key }) => key);
    },
    async save(heading) {
      const name = `${prefix}${new Date().toISOString().slice(0, 10)}.txt`;
      await mkdir(FOLDER, { recursive: true });
      await writeFile(new URL(name, FOLDER), [heading.join('\n'), '', ...sections].join('\n'));
      return `bench/indexes/plans/${name}`;
    },
  };
}
