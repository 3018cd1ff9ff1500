/** DuckDB, embedded: bounded in memory, one thread so that the same rows give the same bytes, and without a network. */
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { PackError } from './errors.ts';

const memoryLimit = '320MB';

export class Engine {
  readonly #file: string;
  readonly #scratch: string;
  #instance: DuckDBInstance;
  #connection: DuckDBConnection;

  private constructor(file: string, scratch: string, opened: Opened) {
    this.#file = file;
    this.#scratch = scratch;
    this.#instance = opened.instance;
    this.#connection = opened.connection;
  }

  /** @param file of the database. @param scratch a folder for what does not fit into memory. */
  static async open(file: string, scratch: string): Promise<Engine> {
    return new Engine(file, scratch, await open(file, scratch));
  }

  /** Gives back the memory that the statements so far have taken. */
  async reopen(): Promise<void> {
    this.close();
    const { instance, connection } = await open(this.#file, this.#scratch);
    this.#instance = instance;
    this.#connection = connection;
  }

  async run(sql: string): Promise<void> {
    await this.#connection.run(sql);
  }

  /** All rows; whole numbers of 64 bits are strings. */
  async rows<Row extends object>(sql: string): Promise<Row[]> {
    const reader = await this.#connection.runAndReadAll(sql);
    return reader.getRowObjectsJson() as Row[];
  }

  /** Rows of a long result, which other statements may be run beside. */
  async *stream<Row extends object>(sql: string): AsyncGenerator<Row> {
    const connection = await this.#instance.connect();
    try {
      const result = await connection.stream(sql);
      for await (const rows of result.yieldRowObjectJson()) yield* rows as Row[];
    } finally {
      connection.closeSync();
    }
  }

  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }
}

interface Opened {
  instance: DuckDBInstance;
  connection: DuckDBConnection;
}

/** An optional dependency. @throws PackError where it is not installed */
export async function loadDuckdb(): Promise<typeof import('@duckdb/node-api')> {
  return import('@duckdb/node-api').catch((error) => {
    throw new PackError(
      `pack needs DuckDB, which is not here (${error.code ?? error}). Run: npm install @duckdb/node-api`,
    );
  });
}

async function open(file: string, scratch: string): Promise<Opened> {
  const { DuckDBInstance } = await loadDuckdb();
  const instance = await DuckDBInstance.create(file, {
    memory_limit: memoryLimit,
    threads: '1',
    temp_directory: scratch,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  await connection.run('CREATE OR REPLACE MACRO explode(list) AS unnest(list)');
  return { instance, connection };
}
