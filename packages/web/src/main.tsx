import "./style.css";
import { render } from "preact";
import { App } from "./app.js";
import { readPageData } from "./data.js";
import { whenDrawn } from "./parts/later.js";

const place = document.getElementById("app");
if (place !== null) void start(place);

async function start(place: HTMLElement): Promise<void> {
  try {
    const data = await readPageData(document);
    place.replaceChildren();
    render(<App data={data} />, place);
  } catch (error) {
    place.replaceChildren();
    const reason = error instanceof Error ? error.message : String(error);
    render(
      <main class="broken">
        <h1>This report cannot be shown</h1>
        <p>{reason}</p>
        <p>Write it again: drystone report RESULT.json --format html</p>
      </main>,
      place,
    );
  }
  whenDrawn(() => dispatchEvent(new Event("drystone-whole")));
}
