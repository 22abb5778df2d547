Console.WriteLine("charlie");
