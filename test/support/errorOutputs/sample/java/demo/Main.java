package demo;

public class Main {
  static void inner(String text) {
    Integer.parseInt(text);
  }

  public static void main(String[] args) {
    inner("x1");
  }
}
