/* Answers of the server: an address that a page completes is no step of the reader's, and what does
   not come is told of where it would have stood. */
(function () {
  "use strict";

  const ASKED = "_dash-update-component";
  const STARTS = ["_dash-layout", "_dash-dependencies"];
  const ask = window.fetch;
  let page = askForPage();
  const failed = new Map(); /* questions without an answer, by output */
  let completed = null; /* the address as a page has completed it */
  let leaving = false;

  const outputs = (question) => [question.outputs].flat().filter(Boolean);

  const place = ({ id, property }) => {
    const node = property === "children" && typeof id === "string" && document.getElementById(id);
    return node && node.matches(".room, .site, [aria-busy]") ? node : null;
  };

  const ofAddress = (question) =>
    (question.changedPropIds || []).every((prop) => /url\.(search|pathname|href|hash)$/.test(prop));

  const setsAddress = (question) =>
    outputs(question).some(({ id, property }) => property === "search" && /url$/.test(id));

  /* The page is asked for in the words of its callback as soon as this script is here, so that the
     server makes it while the browser reads the other scripts. Its callback takes the answer, where
     the address is still the one that was asked for. */
  function askForPage() {
    const { pathname, search } = window.location;
    const [id, url] = ["site-page", "site-url"];
    const question = {
      output: `${id}.children`,
      outputs: { id, property: "children" },
      inputs: [{ id: url, property: "pathname", value: pathname }],
      state: [{ id: url, property: "search", value: search }],
      changedPropIds: [`${url}.pathname`],
    };
    const answer = window.fetch(`${document.body.dataset.base}/${ASKED}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(question),
    });
    answer.catch(() => {}); /* told of when the callback takes it */
    return { answer, asked: [question.output, pathname, search].join() };
  }

  function early({ output, inputs = [], state = [] }) {
    const own = output === "site-page.children" && page;
    page = own ? null : page;
    const asked = [output, ...[...inputs, ...state].map(({ value }) => value ?? "")].join();
    return own && own.asked === asked ? own.answer : null;
  }

  function broken() {
    document.documentElement.classList.add("broken");
  }

  /* As Dash describes a component; the retry button is heard of at the document. */
  const part = (type, props) => ({ namespace: "dash_html_components", type, props });

  function sorry() {
    const { unanswered, retry } = document.body.dataset;
    return part("Div", {
      className: "unanswered",
      role: "alert",
      children: [
        part("P", { children: unanswered }),
        part("Button", { children: retry, type: "button", className: "button", "data-retry": "" }),
      ],
    });
  }

  /* Figures never stay beside a control that says something else. */
  function tellInMain(question) {
    const main = document.querySelector("main");
    if (!main) {
      broken();
      return;
    }
    main.classList.toggle("main--unanswered", setsAddress(question));
    if (main.querySelector(":scope > .unanswered")) {
      return;
    }
    const { unanswered, retry } = document.body.dataset;
    const box = document.createElement("div");
    box.className = "unanswered";
    box.setAttribute("role", "alert");
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button", textContent: retry });
    button.dataset.retry = "";
    const said = document.createElement("p");
    said.textContent = unanswered;
    box.append(said, button);
    main.prepend(box);
  }

  function fail(question) {
    if (leaving) {
      return;
    }
    failed.set(question.output, question);
    document.body.classList.remove("searching");
    const places = outputs(question).map(place).filter(Boolean);
    places.forEach((node) => {
      window.dash_clientside.set_props(node.id, { children: sorry(), "aria-busy": "false" });
    });
    if (!places.length) {
      tellInMain(question);
    }
  }

  function settle(question) {
    failed.delete(question.output);
    if (![...failed.values()].some((other) => !outputs(other).some(place))) {
      document.querySelector("main > .unanswered")?.remove();
      document.querySelector("main")?.classList.remove("main--unanswered");
    }
  }

  /* Puts each question again that had no answer; the first ones come again with the page. */
  function retry() {
    const questions = [...failed.values()];
    const changes = questions.map(({ inputs, changedPropIds }) =>
      inputs.flat().filter(({ id, property }) => (changedPropIds || []).includes(`${id}.${property}`)),
    );
    if (!questions.length || changes.some((found) => !found.length)) {
      window.location.reload();
      return;
    }
    failed.clear();
    const once = new Map(changes.flat().map((input) => [`${input.id}.${input.property}`, input]));
    once.forEach(({ id, property, value }) => {
      window.dash_clientside.set_props(id, { [property]: value ?? null });
    });
  }

  window.fetch = async function (address, options) {
    const path = String(address?.url || address);
    if (STARTS.some((start) => path.includes(start))) {
      return ask.call(window, address, options).then(
        (answer) => (answer.ok || broken(), answer),
        (error) => (broken(), Promise.reject(error)),
      );
    }
    if (!path.includes(ASKED) || typeof options?.body !== "string") {
      return ask.call(window, address, options);
    }
    const question = JSON.parse(options.body);
    let answer;
    try {
      answer = await (early(question) || ask.call(window, address, options));
    } catch (error) {
      fail(question);
      throw error;
    }
    if (!answer.ok) {
      fail(question);
      return answer;
    }
    settle(question);
    if (answer.status === 200 && setsAddress(question) && ofAddress(question)) {
      const { response } = await answer.clone().json();
      completed = Object.values(response || {}).find((props) => "search" in props)?.search ?? null;
    }
    return answer;
  };

  const push = window.history.pushState;
  window.history.pushState = function (state, title, address) {
    const target = new URL(address ?? "", window.location.href);
    const here = target.pathname === window.location.pathname;
    const own = (here && target.search === completed) || target.href === window.location.href;
    completed = null;
    return (own ? window.history.replaceState : push).call(window.history, state, title, address);
  };

  window.addEventListener("pagehide", () => {
    leaving = true;
  });
  window.addEventListener("pageshow", () => {
    leaving = false;
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("button[data-retry]")) {
      retry();
    }
  });

  /* The window is called what the page's heading says. */
  new MutationObserver(() => {
    const heading = document.querySelector("main h1")?.textContent.trim();
    const title = heading && `${heading} – ${document.body.dataset.site}`;
    if (title && document.title !== title) {
      document.title = title;
    }
  }).observe(document.documentElement, { childList: true, characterData: true, subtree: true });
})();
