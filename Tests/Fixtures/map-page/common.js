// What visitors of the map page need. They run as content scripts: the page's own policy forbids any
// script but the page's.
const $ = (id) => document.getElementById(id);
const said = document.createElement("pre");
said.id = "said";
said.hidden = true;
const say = (name, value) => { said.textContent += name + "=" + value + ";\n"; };
const until = async (what) => {
  for (let i = 0; i < 600 && !what(); i++) await new Promise((done) => setTimeout(done, 50));
  return what();
};
const set = (id, value, event) => {
  $(id).value = value;
  $(id).dispatchEvent(new Event(event));
};
const title = () => $("card").hidden ? "none" : $("card-title").textContent;
const escape = () => {
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
};
// The pointer in the middle of the map, so far from its top.
const pointer = (type, y) => {
  const map = $("map"), box = map.getBoundingClientRect();
  map.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true,
    clientX: box.left + box.width / 2, clientY: box.top + y }));
};
const click = (y) => pointer("click", y);
const tip = () => document.querySelector(".leaflet-tooltip");
// From the middle downwards until something is so.
const downwards = (act, what) => {
  const high = $("map").getBoundingClientRect().height;
  for (let y = high / 2; y < high; y += 4) {
    act(y);
    if (what()) return y;
  }
  return 0;
};
// Visits the page, and writes down what is seen.
const visit = async (act) => {
  document.body.appendChild(said);
  try {
    say("ready", await until(() => document.documentElement.dataset.ready));
    await act();
  } catch (error) {
    say("error", error.stack);
  } finally {
    said.textContent += "end";
  }
};
