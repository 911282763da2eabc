"use strict";
(() => {
  const PAGE = 100;
  const root = document.documentElement;
  const body = document.body;
  const data = JSON.parse(document.getElementById("data").textContent);
  const form = document.getElementById("filters");
  const list = document.getElementById("list");
  const shown = document.getElementById("shown");
  const more = document.getElementById("more");
  const matrix = document.querySelector("#matrix tbody");
  const views = [...document.querySelectorAll(".view")];
  const tabs = [...document.querySelectorAll("nav a")];
  let matching = [];
  let drawn = 0;
  let eventsDrawn = 0;

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function theme(name) {
    root.dataset.theme = name;
    document.getElementById("theme").textContent = name === "dark" ? "Light" : "Dark";
  }

  function tags(finding) {
    const found = [];
    const review = finding.verdict === "needs_review";
    found.push(element("span", "tag " + (review ? "needs_review" : finding.severity), review ? "needs review" : finding.severity));
    if (finding.stop) found.push(element("span", "tag stop", "hard stop"));
    if (finding.disposition !== "open") found.push(element("span", "tag known", finding.disposition));
    return found;
  }

  function quote(finding) {
    const made = element("q");
    for (const [words, cue] of finding.spoken) made.append(cue ? element("mark", "", words) : words);
    return made;
  }

  function evidence(finding) {
    const made = element("p", "evidence");
    if (finding.where) made.append(element("span", "where", finding.where), " ");
    if (finding.spoken.length) made.append(quote(finding));
    return made;
  }

  function entry(finding) {
    const rule = data.rules[finding.of];
    const made = element("li", `finding ${finding.verdict} ${finding.severity}`);
    const lead = element("p", "lead");
    lead.append(element("code", "", rule.code), " ");
    for (const tag of tags(finding)) lead.append(tag, " ");
    lead.append(element("span", "message", finding.message));
    const who = element("p", "who");
    if (finding.member) {
      const link = element("a", "", finding.member);
      link.href = "#chart-" + finding.chart;
      who.append(link, " · ");
    }
    who.append([finding.day, finding.specialist, finding.path].filter(Boolean).join(" · "));
    made.append(lead, who);
    if (finding.where || finding.spoken.length) made.append(evidence(finding));
    made.append(element("p", "clause", rule.clause));
    if (rule.remedy) made.append(element("p", "remedy", rule.remedy));
    return made;
  }

  function words(finding) {
    if (!finding.words) {
      const rule = data.rules[finding.of];
      const spoken = finding.spoken.map(([part]) => part).join("");
      finding.words = [rule.code, rule.name, finding.message, spoken, finding.member, finding.path, finding.specialist, finding.day, finding.where]
        .join(" ").toLowerCase();
    }
    return finding.words;
  }

  const facets = {
    member: (finding) => finding.member,
    specialist: (finding) => finding.specialist,
    rule: (finding) => data.rules[finding.of].code,
    severity: (finding) => finding.severity,
    verdict: (finding) => finding.verdict,
    disposition: (finding) => finding.disposition,
    stop: (finding) => (finding.stop ? "yes" : "no"),
  };

  function fillFilters() {
    const names = Object.fromEntries(data.rules.map((rule) => [rule.code, `${rule.code} ${rule.name}`]));
    for (const [name, value] of Object.entries(facets)) {
      const values = [...new Set(data.findings.map(value))].filter(Boolean).sort((a, b) => a.localeCompare(b));
      for (const option of values) form.elements[name].add(new Option(names[option] || option.replace("_", " "), option));
    }
  }

  function draw(count) {
    const part = document.createDocumentFragment();
    for (const finding of matching.slice(drawn, drawn + count)) part.append(entry(finding));
    drawn = Math.min(drawn + count, matching.length);
    list.append(part);
    more.hidden = drawn >= matching.length;
  }

  function filter() {
    const chosen = Object.entries(facets).filter(([name]) => form.elements[name].value);
    const wanted = form.elements.text.value.toLowerCase().split(/\s+/).filter(Boolean);
    matching = data.findings.filter((finding) =>
      chosen.every(([name, value]) => value(finding) === form.elements[name].value) &&
      wanted.every((word) => words(finding).includes(word)));
    shown.textContent = matching.length === data.findings.length
      ? `${matching.length} findings` : `${matching.length} of ${data.findings.length} findings`;
    list.replaceChildren();
    drawn = 0;
    draw(PAGE);
  }

  const SIGNS = { M: "✓", X: "✗", Q: "?", O: "o", N: "–", " ": "" };
  const SPOKEN = { M: "met", X: "not met", Q: "needs review", O: "not evaluated", N: "not applicable" };

  function eventRow(event) {
    const row = element("tr");
    const head = element("th", "", event.member);
    head.scope = "row";
    row.append(head);
    for (const text of [event.day, event.specialist]) row.append(element("td", "", text));
    row.append(element("td", "num", event.units), element("td", "", event.contact), element("td", event.risk ? "bad" : "", event.risk));
    for (const letter of event.cells) {
      const cell = element("td", "v " + letter.trim(), SIGNS[letter]);
      if (SPOKEN[letter]) cell.setAttribute("aria-label", SPOKEN[letter]);
      row.append(cell);
    }
    return row;
  }

  function drawEvents(count) {
    const part = document.createDocumentFragment();
    for (const event of data.events.slice(eventsDrawn, eventsDrawn + count)) part.append(eventRow(event));
    eventsDrawn = Math.min(eventsDrawn + count, data.events.length);
    matrix.append(part);
  }

  function show() {
    const [name, query] = location.hash.slice(1).split("?");
    const view = views.find((found) => found.id === name) || views[0];
    for (const other of views) other.classList.toggle("shown", other === view);
    const current = view.classList.contains("chart") ? "charts" : view.id;
    for (const tab of tabs) {
      if (tab.hash === "#" + current) tab.setAttribute("aria-current", "page");
      else tab.removeAttribute("aria-current");
    }
    if (view.id === "findings" && query !== undefined) {
      form.reset();
      for (const [key, value] of new URLSearchParams(query)) if (form.elements[key]) form.elements[key].value = value;
      filter();
    }
    if (view.id === "events" && !eventsDrawn) drawEvents(PAGE);
    scrollTo({ top: 0, behavior: "instant" });
  }

  function print(what) {
    body.dataset.print = what;
    window.print();
  }

  theme(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  body.classList.add("scripted");
  fillFilters();
  filter();
  show();
  addEventListener("hashchange", show);
  addEventListener("load", () => scrollTo({ top: 0, behavior: "instant" }));
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());
  more.addEventListener("click", () => draw(PAGE));
  document.getElementById("theme").addEventListener("click", () => theme(root.dataset.theme === "dark" ? "light" : "dark"));
  document.getElementById("print-view").addEventListener("click", () => print("view"));
  document.getElementById("print-all").addEventListener("click", () => print("all"));
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    event.preventDefault();
    location.hash = "#findings";
    form.elements.text.focus();
  });
  new IntersectionObserver((seen) => { if (seen[0].isIntersecting) draw(PAGE); }, { rootMargin: "800px" }).observe(more);
  const edge = document.querySelector("#events .tall");
  edge.addEventListener("scroll", () => { if (edge.scrollTop + edge.clientHeight > edge.scrollHeight - 600) drawEvents(PAGE); });
  addEventListener("beforeprint", () => {
    body.dataset.shade = root.dataset.theme;
    theme("light");
    drawEvents(data.events.length);
    for (const which of document.querySelectorAll(".poc details")) which.open = true;
    if (body.dataset.print === "view" && document.getElementById("findings").classList.contains("shown")) draw(matching.length);
  });
  addEventListener("afterprint", () => {
    theme(body.dataset.shade || "light");
    delete body.dataset.print;
  });
})();
