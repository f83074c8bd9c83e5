package io.ranking4j.nn.state;

/**
 * Something that changes while a training goes on, and that is to go on later, perhaps in another
 * process, as if it had never stopped. What follows from how it was made is not part of its state.
 */
public interface Stateful {
  /**
   * Declares its state. The numbers are read where they lie when the sections are written, so that
   * nothing may change until then.
   *
   * @param state takes the sections
   */
  void save(StateWriter state);

  /**
   * Takes the state that one like it had, made in the same way.
   *
   * @param state has the sections that {@link #save} declared
   * @throws io.ranking4j.error.ModelFileException where it is the state of one that was made in
   *     another way
   * @throws java.io.UncheckedIOException where it cannot be read
   */
  void load(StateReader state);
}
