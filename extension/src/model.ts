/** What the thread runs in which a model tells what texts mean. */
import { parentPort, workerData } from "node:worker_threads";
import { readModel, type ModelAnswer, type ModelPlace, type ModelText } from "./node/modelWork.js";

const answer = (one: ModelAnswer): void => parentPort?.postMessage(one);

const problemOf = (error: unknown): string =>
  error instanceof Error ? error.message : "the model failed";

// The data is what `WorkerModel` gives.
const reading = readModel(workerData as ModelPlace);

reading.then(
  ({ model, mark }) => answer({ id: 0, width: model.width, mark }),
  (error: unknown) => answer({ id: 0, problem: problemOf(error) }),
);

parentPort?.on("message", ({ id, text, said }: ModelText) => {
  reading
    .then(({ model }) => answer({ id, vector: model.embed(text, said === "question") }))
    .catch((error: unknown) => answer({ id, problem: problemOf(error) }));
});
