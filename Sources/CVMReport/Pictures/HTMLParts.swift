/// The parts of the HTML page that are the same for every heap.
enum HTMLParts {
  static let tools = """
    <div class="tools">
    <input id="search" type="search" placeholder="search: class, variable, #12, text  ( / )" aria-label="search">
    <output id="found"></output>
    <button id="less" title="smaller (-)">&minus;</button>
    <button id="more" title="larger (+)">+</button>
    <button id="fit" title="all of it (0)">fit</button>
    <button id="close" title="close all boxes">close all</button>
    <button id="theme" title="dark or light">dark / light</button>
    </div>
    """

  static let style = """
    :root{--page:#fff;--ink:#1d2433;--soft:#5f6878;--line:#8a94a6;--name:#0b5cad;--arrow:#c2702d;--panel:#f5f6f9;
    --fill:94%;--edge:62%;--bar:48%;--sat:60%;color-scheme:light}
    :root[data-theme=dark]{--page:#14181f;--ink:#e6eaf2;--soft:#9aa4b5;--line:#5d6778;--name:#7ab8ff;--arrow:#e0914f;
    --panel:#1c222c;--fill:20%;--edge:45%;--bar:60%;--sat:28%;color-scheme:dark}
    *{box-sizing:border-box}body{margin:0;height:100vh;display:flex;flex-direction:column;background:var(--page);
    color:var(--ink);font:13px system-ui,sans-serif}
    header{padding:10px 16px;border-bottom:1px solid var(--line)}h1{font-size:16px;margin:0 0 2px}
    p{margin:0 0 8px;color:var(--soft)}.tools{display:flex;gap:6px;align-items:center;flex-wrap:wrap}
    input,button{font:inherit;color:inherit;background:var(--panel);border:1px solid var(--line);border-radius:5px;
    padding:4px 9px}input{width:22em;max-width:60vw}button{cursor:pointer}button:hover{border-color:var(--name)}
    output{color:var(--soft);min-width:6em}main{flex:1;display:flex;min-height:0}
    #view{flex:1;min-width:0;height:100%;cursor:grab;touch-action:none}#view.drag{cursor:grabbing}
    aside{width:300px;padding:12px 14px;background:var(--panel);overflow:auto;border-left:1px solid var(--line);
    overflow-wrap:anywhere}aside:empty{display:none}aside h2{font-size:14px;margin:0 0 6px}
    aside dl{display:grid;grid-template-columns:auto 1fr;gap:2px 10px;margin:0 0 10px}dt{color:var(--soft)}dd{margin:0}
    aside h3{font-size:12px;color:var(--soft);margin:10px 0 4px}aside li{list-style:none;margin:0 0 3px}
    aside ul{padding:0;margin:0}aside a{color:var(--name);cursor:pointer}
    .box{cursor:pointer}.box .body{fill:hsl(var(--h) var(--sat) var(--fill));stroke:hsl(var(--h) 35% var(--edge))}
    .box.folded .body{stroke-dasharray:4 3}.bar{fill:hsl(var(--h) 55% var(--bar))}.box:hover .body{stroke-width:2}
    .box.chosen .body{stroke:var(--name);stroke-width:3}.box.hit .body{stroke:#d9a400;stroke-width:3}
    text{fill:var(--ink)}.title{font-weight:600}.note,.link{fill:var(--soft);font-size:10.5px}
    .name{fill:var(--name);font-size:11px;font-weight:600}.branch{fill:none;stroke:var(--line)}
    .branch.far{stroke-dasharray:2 3}.arrow{fill:none;stroke:var(--arrow);stroke-opacity:.5}
    .arrow.chosen{stroke-opacity:1;stroke-width:2}.tip{fill:var(--arrow)}.sign{fill:var(--soft);font-weight:700}
    @media(max-width:700px){aside{position:absolute;right:0;bottom:0;max-height:45vh}}
    """

  static let script = #"""
    "use strict";
    const heap = JSON.parse(document.getElementById("heap").textContent);
    const boxes = heap.boxes, arrows = heap.arrows;
    const W = 210, H = 38, COLUMN = 300, ROW = 58, NS = "http://www.w3.org/2000/svg";
    const view = document.getElementById("view"), scene = document.getElementById("scene");
    const detail = document.getElementById("detail"), found = document.getElementById("found");
    const search = document.getElementById("search");
    boxes.forEach((box, n) => { box.kids = []; box.out = []; box.in = []; box.n0 = n; });
    const tops = [];
    boxes.forEach((box, n) => (box.p === undefined ? tops : boxes[box.p].kids).push(n));
    arrows.forEach(arrow => { boxes[arrow.a].out.push(arrow); boxes[arrow.b].in.push(arrow); });

    // Of many that are alike three are shown, and a box that stands for the others until it is clicked.
    const real = boxes.length;
    for (let n = 0; n < real; n++) {
      const alike = new Map();
      for (const kid of boxes[n].kids) {
        if (!alike.has(boxes[kid].c)) alike.set(boxes[kid].c, []);
        alike.get(boxes[kid].c).push(kid);
      }
      for (const group of alike.values()) {
        if (group.length < 6) continue;
        const rest = group.slice(3), first = boxes[rest[0]];
        const sum = key => rest.reduce((total, kid) => total + boxes[kid][key], 0);
        const count = rest.reduce((total, kid) => total + (boxes[kid].f ? boxes[kid].n : 1), 0);
        const stack = {t: `+ ${count.toLocaleString("en-US")} more ${first.c}`, c: first.c, h: first.h, r: sum("r"),
          n: sum("n"), p: n, f: true, kids: [], out: [], in: [], n0: boxes.length, rest};
        const hidden = new Set(rest);
        boxes.push(stack);
        for (const kid of rest) boxes[kid].stack = stack.n0;
        boxes[n].kids = boxes[n].kids.filter(kid => !hidden.has(kid));
        boxes[n].kids.push(stack.n0);
      }
    }
    function unstack(n) {
      const stack = boxes[n], parent = boxes[stack.p];
      parent.kids.splice(parent.kids.indexOf(n), 1, ...stack.rest);
      for (const kid of stack.rest) boxes[kid].stack = undefined;
      stack.rest = undefined;
    }

    // What is open at first: as much as one can look at.
    const open = new Set();
    let room = 36 - tops.length;
    for (const box of boxes) {
      if (box.kids.length && box.kids.length <= room && (box.p === undefined || open.has(box.p))) {
        open.add(box.n0);
        room -= box.kids.length;
      }
    }
    let chosen = -1, hits = new Set(), hitList = [], hitPlace = -1, shown = new Map(), scale = 1, left = 20, top_ = 20;

    function size(bytes) {
      if (bytes < 10000) return bytes.toLocaleString("en-US") + " B";
      let unit = -1;
      do { bytes /= 1024; unit++; } while (bytes >= 1024 && unit < 5);
      return bytes.toFixed(1) + " " + ["KB", "MB", "GB", "TB", "PB", "EB"][unit];
    }
    function cut(text, length) { return text.length > length ? text.slice(0, length - 1) + "\u2026" : text; }
    const ruler = document.createElement("canvas").getContext("2d");
    // As much of a text as fits, by the letters as they are drawn.
    function fitted(text, width, font) {
      ruler.font = font + " " + getComputedStyle(document.body).fontFamily;
      if (ruler.measureText(text).width <= width) return text;
      let low = 0, high = text.length;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (ruler.measureText(text.slice(0, middle) + "\u2026").width <= width) low = middle; else high = middle - 1;
      }
      return text.slice(0, low) + "\u2026";
    }
    function make(name, attributes, parent, text) {
      const node = document.createElementNS(NS, name);
      for (const key in attributes) node.setAttribute(key, attributes[key]);
      if (text !== undefined) node.textContent = text;
      parent.appendChild(node);
      return node;
    }

    function layout() {
      shown = new Map();
      let row = 14;
      const order = [], pending = tops.map(n => [n, 0]).reverse();
      while (pending.length) {
        const [n, level] = pending.pop();
        const isOpen = open.has(n) && boxes[n].kids.length > 0;
        shown.set(n, {x: level * COLUMN, y: 0, isOpen});
        order.push(n);
        if (isOpen) for (let k = boxes[n].kids.length - 1; k >= 0; k--) pending.push([boxes[n].kids[k], level + 1]);
        else { shown.get(n).y = row; row += ROW; }
      }
      for (let k = order.length - 1; k >= 0; k--) {
        const n = order[k], place = shown.get(n), kids = boxes[n].kids;
        if (place.isOpen) place.y = (shown.get(kids[0]).y + shown.get(kids[kids.length - 1]).y) / 2;
      }
    }

    function draw() {
      layout();
      scene.textContent = "";
      const lines = make("g", {}, scene), cards = make("g", {}, scene);
      for (const [n, place] of shown) {
        const box = boxes[n];
        if (box.p !== undefined) branch(lines, shown.get(box.p), place, box);
      }
      for (const arrow of arrows) {
        const a = shown.get(arrow.a), b = shown.get(arrow.b);
        if (a && b) curve(lines, a, b, arrow);
      }
      for (const [n, place] of shown) card(cards, boxes[n], place);
      move();
    }
    function branch(parent, from, to, box) {
      const x = from.x + W, y = from.y + H / 2, end = to.y + H / 2;
      make("path", {class: "branch" + (box.l || box.f ? "" : " far"),
        d: `M${x} ${y}C${x + 22} ${y} ${x + 10} ${end} ${x + 34} ${end}H${to.x}`}, parent);
      if (box.l) make("text", {class: "link", x: to.x - 4, y: end - 3, "text-anchor": "end"}, parent, cut(box.l, 12));
    }
    function curve(parent, from, to, arrow) {
      const x = from.x + W, y = from.y + H * .75, ex = to.x + W, ey = to.y + H * .75, bend = Math.max(x, ex) + 26;
      const isChosen = chosen === arrow.a || chosen === arrow.b;
      const path = make("path", {class: "arrow" + (isChosen ? " chosen" : ""),
        d: `M${x} ${y}C${bend} ${y} ${bend} ${ey} ${ex + 5} ${ey}`}, parent);
      make("title", {}, path, `${boxes[arrow.a].t}${arrow.l} is ${boxes[arrow.b].t}`);
      make("path", {class: "tip", d: `M${ex + 1} ${ey}l6 -3v6z`}, parent);
    }
    function card(parent, box, place) {
      const state = (box.f ? " folded" : "") + (box.n0 === chosen ? " chosen" : "") + (hits.has(box.n0) ? " hit" : "");
      const group = make("g", {class: "box" + state, style: `--h:${box.h}`, "data-n": box.n0,
        transform: `translate(${place.x} ${place.y})`}, parent);
      make("title", {}, group, box.t + (box.d ? "\n" + box.d : ""));
      if (box.v) make("text", {class: "name", x: 2, y: -4}, group, fitted(box.v.join(", "), W - 4, "600 11px"));
      make("rect", {class: "body", width: W, height: H, rx: 5}, group);
      const share = heap.bytes ? Math.min(box.r / heap.bytes, 1) : 0;
      if (share > .004) make("rect", {class: "bar", x: 3, y: H - 5, height: 3, rx: 1,
        width: Math.max((W - 6) * share, 1)}, group);
      make("text", {class: "title", x: 8, y: 15}, group,
        fitted(box.t, W - (box.kids.length || box.rest ? 26 : 14), "600 12px"));
      make("text", {class: "note", x: 8, y: 29}, group,
        fitted(size(box.r) + (box.d ? "  " + box.d : ""), W - 14, "10.5px"));
      if (box.kids.length || box.rest) make("text", {class: "sign", x: W - 14, y: 15}, group, place.isOpen ? "\u2212" : "+");
    }

    function move() { scene.setAttribute("transform", `translate(${left} ${top_}) scale(${scale})`); }
    function zoom(factor, x = view.clientWidth / 2, y = view.clientHeight / 2) {
      const next = Math.min(4, Math.max(.03, scale * factor));
      left = x - (x - left) * next / scale;
      top_ = y - (y - top_) * next / scale;
      scale = next;
      move();
    }
    function fit() {
      let width = W, height = H;
      for (const place of shown.values()) { width = Math.max(width, place.x + W); height = Math.max(height, place.y + H); }
      scale = Math.min(1.2, (view.clientWidth - 40) / (width + 30), (view.clientHeight - 40) / (height + 20));
      scale = Math.max(scale, .03);
      left = top_ = 20;
      move();
    }
    function centre(n) {
      const place = shown.get(n);
      left = view.clientWidth / 2 - (place.x + W / 2) * scale;
      top_ = view.clientHeight / 2 - (place.y + H / 2) * scale;
      move();
    }
    function reveal(n) {
      for (let p = n; p !== undefined; p = boxes[p].p) {
        if (boxes[p].stack !== undefined) unstack(boxes[p].stack);
        if (p !== n) open.add(p);
      }
      choose(n);
      if (scale < .5) scale = .8;
      centre(n);
    }
    function choose(n) { chosen = n; draw(); describe(); }
    function toggle(n) {
      if (boxes[n].rest) {
        const first = boxes[n].rest[0];
        unstack(n);
        n = first;
        choose(n);
        return;
      }
      const place = shown.get(n), x = place.x * scale + left, y = place.y * scale + top_;
      if (open.has(n)) open.delete(n); else if (boxes[n].kids.length) open.add(n);
      choose(n);
      // The box stays where it was under the pointer.
      left += x - (shown.get(n).x * scale + left);
      top_ += y - (shown.get(n).y * scale + top_);
      move();
    }

    function describe() {
      detail.textContent = "";
      if (chosen < 0) return;
      const box = boxes[chosen];
      const add = (name, text, parent = detail) => {
        const node = document.createElement(name);
        node.textContent = text;
        parent.appendChild(node);
        return node;
      };
      add("h2", box.t);
      if (box.d) add("p", box.d);
      const list = add("dl", "");
      const line = (key, text) => { add("dt", key, list); add("dd", text, list); };
      line("class", box.c);
      line("keeps", `${size(box.r)}, ${box.n.toLocaleString("en-US")} objects`);
      line("of the heap", heap.bytes ? (100 * box.r / heap.bytes).toFixed(1) + " %" : "");
      if (box.s !== undefined) line("itself", size(box.s));
      if (box.v) line("held by", box.v.join(", "));
      const links = (title, items) => {
        if (!items.length) return;
        add("h3", title);
        const all = add("ul", "");
        for (const [n, text] of items.slice(0, 40)) {
          const link = add("a", text, add("li", "", all));
          link.dataset.n = n;
        }
        if (items.length > 40) add("li", `and ${items.length - 40} more`, all);
      };
      const up = [];
      for (let p = box.p; p !== undefined; p = boxes[p].p) up.unshift([p, boxes[p].t]);
      links("lives because of", up);
      links("referred to by", box.in.map(arrow => [arrow.a, boxes[arrow.a].t + arrow.l]));
      links("refers to", box.out.map(arrow => [arrow.b, arrow.l + "  " + boxes[arrow.b].t]));
      links("keeps", box.kids.map(k => [k, (boxes[k].l || "") + "  " + boxes[k].t + "  " + size(boxes[k].r)]));
    }

    function find() {
      const text = search.value.trim().toLowerCase();
      hitList = text === "" ? [] : boxes.slice(0, real).filter(box =>
        [box.t, box.d || "", box.c, box.i || "", (box.v || []).join(" "), box.l || ""]
          .some(part => part.toLowerCase().includes(text))).map(box => box.n0);
      hits = new Set(hitList);
      hitPlace = -1;
      found.textContent = text === "" ? "" : hitList.length ? `${hitList.length} found` : "nothing found";
      draw();
    }
    function next(step) {
      if (!hitList.length) return;
      hitPlace = (hitPlace + step + hitList.length) % hitList.length;
      found.textContent = `${hitPlace + 1} of ${hitList.length}`;
      reveal(hitList[hitPlace]);
    }

    // A press that moves is a look around, one that does not is a click.
    let drag = null;
    view.addEventListener("pointerdown", event => {
      drag = {x: event.clientX, y: event.clientY, left, top: top_, moved: false, target: event.target};
    });
    window.addEventListener("pointermove", event => {
      if (!drag) return;
      const dx = event.clientX - drag.x, dy = event.clientY - drag.y;
      if (!drag.moved && Math.abs(dx) + Math.abs(dy) < 4) return;
      drag.moved = true;
      view.classList.add("drag");
      left = drag.left + dx;
      top_ = drag.top + dy;
      move();
    });
    window.addEventListener("pointerup", () => {
      view.classList.remove("drag");
      if (drag && !drag.moved) {
        const card = drag.target.closest(".box");
        if (card) toggle(+card.dataset.n); else { chosen = -1; draw(); describe(); }
      }
      drag = null;
    });
    view.addEventListener("wheel", event => {
      event.preventDefault();
      const frame = view.getBoundingClientRect();
      zoom(Math.exp(-event.deltaY * .0015), event.clientX - frame.left, event.clientY - frame.top);
    }, {passive: false});
    detail.addEventListener("click", event => {
      const n = event.target.dataset.n;
      if (n !== undefined) reveal(+n);
    });
    search.addEventListener("input", find);
    search.addEventListener("keydown", event => {
      if (event.key === "Enter") next(event.shiftKey ? -1 : 1);
      if (event.key === "Escape") { search.value = ""; find(); search.blur(); }
    });
    document.getElementById("less").addEventListener("click", () => zoom(1 / 1.3));
    document.getElementById("more").addEventListener("click", () => zoom(1.3));
    document.getElementById("fit").addEventListener("click", fit);
    document.getElementById("close").addEventListener("click", () => { open.clear(); draw(); fit(); });
    const root = document.documentElement;
    root.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    document.getElementById("theme").addEventListener("click", () => {
      root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
    });
    window.addEventListener("keydown", event => {
      if (event.target === search || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "/") { event.preventDefault(); search.focus(); }
      else if (event.key === "+") zoom(1.3);
      else if (event.key === "-") zoom(1 / 1.3);
      else if (event.key === "0") fit();
      else if (event.key === "Escape") { chosen = -1; draw(); describe(); }
      else if (chosen >= 0) {
        const box = boxes[chosen], order = [...shown.keys()];
        let target;
        if (event.key === "ArrowRight") { if (!open.has(chosen)) toggle(chosen); else target = box.kids[0]; }
        else if (event.key === "ArrowLeft") { if (open.has(chosen) && box.kids.length) toggle(chosen); else target = box.p; }
        else if (event.key === "ArrowDown") target = order[order.indexOf(chosen) + 1];
        else if (event.key === "ArrowUp") target = order[order.indexOf(chosen) - 1];
        else return;
        event.preventDefault();
        if (target !== undefined) reveal(target);
      }
    });
    draw();
    fit();
    if (scale < .75) { scale = .75; move(); }
    """#
}
