package io.ranking4j.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A headless browser with one page, driven through its DevTools protocol. */
final class Chromium implements AutoCloseable, WebSocket.Listener {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final long PATIENCE_SECONDS = 60;
  private static final String LISTENING = "DevTools listening on ";

  private final Process process;
  private final Path profile;
  private final WebSocket socket;
  private final StringBuilder incoming = new StringBuilder();
  private final Map<Integer, CompletableFuture<JsonObject>> waiting = new ConcurrentHashMap<>();
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile CompletableFuture<Boolean> loaded = new CompletableFuture<>();
  private String session = "";
  private int lastId;

  private Chromium(Process process, Path profile, URI address)
      throws InterruptedException, ExecutionException, TimeoutException {
    this.process = process;
    this.profile = profile;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(address, this)
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Where the browser is, if there is one on the path. */
  static Optional<Path> find() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Chromium start(Path executable) throws Exception {
    Path profile = Files.createTempDirectory("ranking4j-chromium");
    Process process =
        new ProcessBuilder(
                executable.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--no-first-run",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader log =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    String line = log.readLine();
    while (line != null && !line.startsWith(LISTENING)) {
      line = log.readLine();
    }
    if (line == null) {
      throw new IOException("the browser ended before it could be talked to");
    }
    Thread drain = new Thread(() -> log.lines().forEach(ignored -> {}), "chromium-log");
    drain.setDaemon(true);
    drain.start();
    Chromium browser =
        new Chromium(process, profile, URI.create(line.substring(LISTENING.length()).strip()));
    browser.open();
    return browser;
  }

  private void open() throws Exception {
    String target =
        call("Target.createTarget", text("url", "about:blank")).get("targetId").getAsString();
    JsonObject attach = text("targetId", target);
    attach.addProperty("flatten", true);
    session = call("Target.attachToTarget", attach).get("sessionId").getAsString();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", new JsonObject());
    }
  }

  /** Opens a file as on a screen of that width, and waits until it is drawn. */
  void show(Path file, int width, boolean dark) throws Exception {
    errors.clear();
    requests.clear();
    JsonObject metrics = new JsonObject();
    metrics.addProperty("width", width);
    metrics.addProperty("height", 900);
    metrics.addProperty("deviceScaleFactor", 1);
    metrics.addProperty("mobile", width < 600);
    call("Emulation.setDeviceMetricsOverride", metrics);
    JsonObject feature = text("name", "prefers-color-scheme");
    feature.addProperty("value", dark ? "dark" : "light");
    JsonArray features = new JsonArray();
    features.add(feature);
    JsonObject media = new JsonObject();
    media.add("features", features);
    call("Emulation.setEmulatedMedia", media);
    loaded = new CompletableFuture<>();
    call("Page.navigate", text("url", file.toUri().toString()));
    loaded.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    settle();
  }

  /** Waits until what was asked for is drawn. */
  void settle() throws Exception {
    evaluate(
        "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))");
  }

  /** The value of an expression of the page, as JSON. */
  JsonElement evaluate(String expression) throws Exception {
    JsonObject parameters = text("expression", expression);
    parameters.addProperty("returnByValue", true);
    parameters.addProperty("awaitPromise", true);
    JsonObject answer = call("Runtime.evaluate", parameters);
    if (answer.has("exceptionDetails")) {
      throw new IllegalStateException("the page threw: " + answer.get("exceptionDetails"));
    }
    JsonElement value = answer.getAsJsonObject("result").get("value");
    return value == null ? new JsonObject() : value;
  }

  /** Moves the mouse over a place of the window. */
  void moveTo(double x, double y) throws Exception {
    JsonObject parameters = text("type", "mouseMoved");
    parameters.addProperty("x", x);
    parameters.addProperty("y", y);
    call("Input.dispatchMouseEvent", parameters);
  }

  /** Writes all of the page as a picture. */
  void screenshot(Path file) throws Exception {
    JsonObject parameters = new JsonObject();
    parameters.addProperty("captureBeyondViewport", true);
    String picture = call("Page.captureScreenshot", parameters).get("data").getAsString();
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, Base64.getDecoder().decode(picture));
  }

  /** What the console said of errors and warnings since the page was shown. */
  List<String> errors() {
    return List.copyOf(errors);
  }

  /** What was asked for since the page was shown, the page itself as well. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  private static JsonObject text(String name, String value) {
    JsonObject object = new JsonObject();
    object.addProperty(name, value);
    return object;
  }

  private JsonObject call(String method, JsonObject parameters) throws Exception {
    int id = ++lastId;
    JsonObject message = text("method", method);
    message.addProperty("id", id);
    message.add("params", parameters);
    if (!session.isEmpty()) {
      message.addProperty("sessionId", session);
    }
    CompletableFuture<JsonObject> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    socket.sendText(message.toString(), true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    incoming.append(part);
    if (last) {
      JsonObject message = JsonParser.parseString(incoming.toString()).getAsJsonObject();
      incoming.setLength(0);
      receive(message);
    }
    from.request(1);
    return CompletableFuture.completedFuture(null);
  }

  private void receive(JsonObject message) {
    if (message.has("id")) {
      CompletableFuture<JsonObject> answer = waiting.remove(message.get("id").getAsInt());
      if (answer != null && message.has("error")) {
        answer.completeExceptionally(new IllegalStateException(message.toString()));
      } else if (answer != null) {
        answer.complete(message.getAsJsonObject("result"));
      }
      return;
    }
    JsonObject parameters = message.getAsJsonObject("params");
    switch (message.get("method").getAsString()) {
      case "Page.loadEventFired" -> loaded.complete(true);
      case "Runtime.exceptionThrown" -> errors.add(parameters.toString());
      case "Runtime.consoleAPICalled" -> {
        if (List.of("error", "warning", "assert").contains(parameters.get("type").getAsString())) {
          errors.add(parameters.get("args").toString());
        }
      }
      case "Log.entryAdded" -> {
        JsonObject entry = parameters.getAsJsonObject("entry");
        if (List.of("error", "warning").contains(entry.get("level").getAsString())) {
          errors.add(entry.toString());
        }
      }
      case "Network.requestWillBeSent" ->
          requests.add(parameters.getAsJsonObject("request").get("url").getAsString());
      default -> {}
    }
  }

  @Override
  public void close() throws IOException {
    socket.abort();
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
    try {
      process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (Stream<Path> files = Files.walk(profile)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      // A process of the browser that is just ending may still write there; the folder is
      // temporary.
      profile.toFile().deleteOnExit();
    }
  }
}
