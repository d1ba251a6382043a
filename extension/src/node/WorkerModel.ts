import { Worker } from "node:worker_threads";
import type { MeaningModel, ModelShape, Said } from "../common/meaning/MeaningModel.js";
import type { ModelAnswer, ModelPlace, ModelText } from "./modelWork.js";

interface Waiting {
  readonly resolve: (answer: ModelAnswer) => void;
  readonly reject: (error: Error) => void;
}

/** A model in a thread of its own, of which nothing is there before it is opened. */
export class WorkerModel implements MeaningModel {
  readonly #program: string;
  readonly #place: ModelPlace;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #count = 0;
  #end: Error | undefined;

  /** `program` is the file that the thread runs. */
  constructor(program: string, place: ModelPlace) {
    this.#program = program;
    this.#place = place;
  }

  async open(): Promise<ModelShape> {
    const worker = new Worker(this.#program, { workerData: this.#place, execArgv: [] });
    this.#worker = worker;
    worker.unref();
    worker.on("message", (answer: ModelAnswer) => this.#take(answer));
    worker.on("error", (error: unknown) =>
      this.#stop(error instanceof Error ? error : new Error("the thread failed")),
    );
    worker.on("exit", () => this.#stop(new Error("the thread ended")));
    // It tells by itself how reading went.
    const { width = 0, mark = 0 } = await this.#answer(0);
    return { width, mark };
  }

  async embed(text: string, said: Said): Promise<Float32Array> {
    this.#count += 1;
    const id = this.#count;
    const answer = this.#answer(id);
    this.#worker?.postMessage({ id, text, said } satisfies ModelText);
    const { vector } = await answer;
    return vector ?? new Float32Array();
  }

  close(): void {
    this.#stop(new Error("the model is closed"));
    void this.#worker?.terminate();
  }

  #answer(id: number): Promise<ModelAnswer> {
    return new Promise((resolve, reject) => {
      if (this.#end !== undefined) reject(this.#end);
      else this.#waiting.set(id, { resolve, reject });
    });
  }

  #take(answer: ModelAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (answer.problem === undefined) waiting?.resolve(answer);
    else waiting?.reject(new Error(answer.problem));
  }

  #stop(error: Error): void {
    this.#end ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#end);
    this.#waiting.clear();
  }
}
