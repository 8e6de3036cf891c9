import "./style.css";
import { render } from "preact";
import { App } from "./app.js";
import { readPageData } from "./data.js";

const place = document.getElementById("app");
if (place !== null) await start(place);

async function start(place: HTMLElement): Promise<void> {
  try {
    render(<App data={await readPageData(document)} />, place);
  } catch (error) {
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
}
